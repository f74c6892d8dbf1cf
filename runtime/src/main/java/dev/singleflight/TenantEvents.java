package dev.singleflight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells listeners which tenants come and go.
 *
 * <p>Events are noted where they happen, with a map's bin locked, and so in the order in which they
 * happen to a tenant; they are told later, where no lock is held, by one thread at a time. It also
 * knows what has been told so far, so that a listener can be added at any time.
 */
final class TenantEvents<T> {

  private static final System.Logger LOGGER = System.getLogger(TenantListener.class.getName());

  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  // Used by whoever tells, one thread after another.
  private final Map<T, SingleflightLoader<?, ?>> present = new HashMap<>();
  private final List<TenantListener<? super T>> listeners = new ArrayList<>();

  void noteAdded(T tenant, SingleflightLoader<?, ?> loader) {
    events.add(
        () -> {
          present.put(tenant, loader);
          listeners.forEach(listener -> tell(listener, to -> to.tenantAdded(tenant, loader)));
        });
  }

  void noteDropped(T tenant) {
    events.add(
        () -> {
          present.remove(tenant);
          listeners.forEach(listener -> tell(listener, to -> to.tenantDropped(tenant)));
        });
  }

  void noteListener(TenantListener<? super T> listener) {
    events.add(
        () -> {
          listeners.add(listener);
          present.forEach((tenant, loader) -> tell(listener, to -> to.tenantAdded(tenant, loader)));
        });
  }

  /** Tells what has been noted, or leaves it to the thread that is just about it. */
  void tell() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      for (Runnable event = events.poll(); event != null; event = events.poll()) {
        event.run();
      }
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  private void tell(TenantListener<? super T> listener, Consumer<TenantListener<? super T>> event) {
    try {
      event.accept(listener);
    } catch (Throwable t) {
      log(t);
    }
  }

  private static void log(Throwable thrown) {
    try {
      LOGGER.log(System.Logger.Level.WARNING, "A tenant listener threw", thrown);
    } catch (Throwable t) {
      // A logger that fails must not fail a caller either.
    }
  }
}
