package dev.singleflight;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, of which Java 17 has no API; before JDK 21 there are none. */
final class VirtualThreads {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

  /** Makes threads that inherit nothing of the one that starts them; null if there are none. */
  static final @Nullable ThreadFactory FACTORY = factory();

  private VirtualThreads() {}

  static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static @Nullable MethodHandle isVirtualHandle() {
    try {
      return LOOKUP.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Calls {@code Thread.ofVirtual().inheritInheritableThreadLocals(false).factory()}, if it can.
   */
  private static @Nullable ThreadFactory factory() {
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          LOOKUP.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtualBuilder));
      MethodHandle inherit =
          LOOKUP.findVirtual(
              builder,
              "inheritInheritableThreadLocals",
              MethodType.methodType(builder, boolean.class));
      MethodHandle factory =
          LOOKUP.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(inherit.invoke(ofVirtual.invoke(), false));
    } catch (Throwable t) {
      // Before JDK 21 they are missing, or a preview that has to be switched on.
      return null;
    }
  }
}
