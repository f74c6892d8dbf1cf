package dev.singleflight;

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

  DetachedThreads(String name, @Nullable ClassLoader contextClassLoader) {
    this.name = name;
    this.contextClassLoader = contextClassLoader;
  }

  void start(Runnable task) {
    Thread thread = FACTORY.newThread(task);
    thread.setName(name);
    thread.setContextClassLoader(contextClassLoader);
    thread.start();
  }

  /**
   * Runs a task on the current thread, lent to this object, with the class loader it would have.
   */
  void lend(Runnable task) {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(contextClassLoader);
    try {
      task.run();
    } finally {
      thread.setContextClassLoader(null);
    }
  }

  private static ThreadFactory factory() {
    ThreadFactory virtual = VirtualThreads.FACTORY;
    return virtual != null ? virtual : DetachedThreads::newDaemon;
  }

  private static Thread newDaemon(Runnable task) {
    return asDaemon(new Thread(null, task, "singleflight", 0, /* inheritThreadLocals= */ false));
  }

  /** Makes a new thread a daemon that has inherited no priority. */
  @SuppressWarnings("ThreadPriorityCheck") // not to rely on a priority, but to inherit none
  static Thread asDaemon(Thread thread) {
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    return thread;
  }
}
