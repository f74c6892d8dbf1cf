package dev.singleflight;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts a new thread for each task: virtual where the JDK has those, else a daemon. None is used
 * twice and none waits for another, so no load starves and none finds what another left behind.
 *
 * <p>A thread inherits nothing of the one that starts it. Its context class loader is that of the
 * thread that built the group, since loads need the application's.
 */
final class DetachedThreads {

  private static final ThreadFactory FACTORY = factory();

  private final String name;
  private final @Nullable ClassLoader contextClassLoader;

  DetachedThreads(String name) {
    this.name = name;
    this.contextClassLoader = Thread.currentThread().getContextClassLoader();
  }

  void start(Runnable task) {
    Thread thread = FACTORY.newThread(task);
    thread.setName(name);
    thread.setContextClassLoader(contextClassLoader);
    thread.start();
  }

  private static ThreadFactory factory() {
    ThreadFactory virtual = virtualFactory();
    return virtual != null ? virtual : DetachedThreads::newDaemon;
  }

  @SuppressWarnings("ThreadPriorityCheck") // not to rely on a priority, but to inherit none
  private static Thread newDaemon(Runnable task) {
    Thread thread = new Thread(null, task, "singleflight", 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    return thread;
  }

  /**
   * Calls {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).factory()}, if it can.
   */
  private static @Nullable ThreadFactory virtualFactory() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtualBuilder));
      MethodHandle inherit =
          lookup.findVirtual(
              builder,
              "inheritInheritableThreadLocals",
              MethodType.methodType(builder, boolean.class));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(inherit.invoke(ofVirtual.invoke(), false));
    } catch (Throwable t) {
      // Before JDK 21 they are missing, or a preview that has to be switched on.
      return null;
    }
  }
}
