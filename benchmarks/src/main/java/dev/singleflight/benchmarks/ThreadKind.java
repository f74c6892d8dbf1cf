package dev.singleflight.benchmarks;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Threads of the operating system, or of the JVM where it has those. */
enum ThreadKind {
  PLATFORM,
  VIRTUAL;

  /** A thousand of them shall not need a gigabyte. */
  private static final long STACK_BYTES = 256 * 1024;

  private static final @Nullable ThreadFactory VIRTUAL_FACTORY = virtualFactory();

  boolean exists() {
    return this == PLATFORM || VIRTUAL_FACTORY != null;
  }

  ThreadFactory factory() {
    return this == PLATFORM
        ? ThreadKind::newDaemon
        : requireNonNull(VIRTUAL_FACTORY, "This JDK has no virtual threads");
  }

  /** The kind of thread in which a group without an executor runs a detached load. */
  static ThreadKind ofDetachedLoads() {
    return VIRTUAL.exists() ? VIRTUAL : PLATFORM;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT) + " threads";
  }

  private static Thread newDaemon(Runnable task) {
    Thread thread = new Thread(null, task, "benchmark", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** Calls {@code Thread.ofVirtual().factory()}, if it can. */
  private static @Nullable ThreadFactory virtualFactory() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandle ofVirtual =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
      MethodHandle factory =
          lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
      return (ThreadFactory) factory.invoke(ofVirtual.invoke());
    } catch (Throwable t) {
      // Before JDK 21 they are missing, or a preview that has to be switched on.
      return null;
    }
  }
}
