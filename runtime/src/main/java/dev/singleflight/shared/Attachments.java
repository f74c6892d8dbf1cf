package dev.singleflight.shared;

import dev.singleflight.LoaderTier.Copies;
import java.lang.ref.WeakReference;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The loaders that use a tier, and what each is told of what others invalidate. */
final class Attachments<K> {

  private record Attached<K>(String tenant, WeakReference<Copies<K>> copies) {}

  private final String tier;
  private final KeyCodec<K> keys;
  private final Signals signals;
  private final Warnings warnings;

  /** Tells the loaders of this object from those of all other processes. */
  private final String prefix = UUID.randomUUID().toString();

  private final AtomicLong count = new AtomicLong();

  /** By origin. */
  private final ConcurrentMap<String, Attached<K>> attached = new ConcurrentHashMap<>();

  Attachments(String tier, KeyCodec<K> keys, Signals signals, Warnings warnings) {
    this.tier = tier;
    this.keys = keys;
    this.signals = signals;
    this.warnings = warnings;
  }

  /** Adds a loader and returns what it is called as the origin of an invalidation. */
  String add(String tenant, Copies<K> copies) {
    attached.values().removeIf(one -> one.copies().get() == null);
    String origin = prefix + '/' + count.incrementAndGet();
    attached.put(origin, new Attached<>(tenant, new WeakReference<>(copies)));
    return origin;
  }

  void dropAll() {
    attached.values().forEach(one -> tell(one, Copies::invalidateAll));
  }

  /** Returns a listener that tells the loaders of events, and another of the connection. */
  TierEngine.Listener tellingOf(TierEngine.Listener connection) {
    return new TierEngine.Listener() {
      @Override
      public void connected() {
        connection.connected();
      }

      @Override
      public void disconnected() {
        connection.disconnected();
      }

      @Override
      public void told(Event event) {
        Attachments.this.told(event);
      }
    };
  }

  private void told(Event event) {
    switch (event.kind()) {
      case FILLED -> wake(event, Signals.Cause.CHANGED);
      case RELEASED ->
          wake(event, event.detail().isEmpty() ? Signals.Cause.CHANGED : Signals.Cause.FAILED);
      case INVALIDATED -> {
        drop(event);
        wake(event, Signals.Cause.CHANGED);
      }
      case TENANT_INVALIDATED -> {
        others(event, one -> one.tenant().equals(event.tenant()), Copies::invalidateAll);
        signals.wakeAll();
      }
      case TIER_INVALIDATED -> {
        others(event, one -> true, Copies::invalidateAll);
        signals.wakeAll();
      }
    }
  }

  private void wake(Event event, Signals.Cause cause) {
    signals.wake(
        new TierKey(tier, event.tenant(), event.key()), new Signals.Wake(cause, event.detail()));
  }

  private void drop(Event event) {
    K key;
    try {
      key = keys.decode(WellFormed.decode(event.key()));
    } catch (RuntimeException e) {
      warnings.warn(
          "key",
          () -> "an invalidated key cannot be decoded: " + event.key() + "; all keys are dropped",
          e);
      others(event, one -> one.tenant().equals(event.tenant()), Copies::invalidateAll);
      return;
    }
    others(event, one -> one.tenant().equals(event.tenant()), copies -> copies.invalidate(key));
  }

  /** Tells all that are meant, but for the origin: that has seen to itself, and knows more now. */
  private void others(
      Event event, java.util.function.Predicate<Attached<K>> meant, Consumer<Copies<K>> what) {
    attached.forEach(
        (origin, one) -> {
          if (!origin.equals(event.detail()) && meant.test(one)) {
            tell(one, what);
          }
        });
  }

  private static <K> void tell(Attached<K> one, Consumer<Copies<K>> what) {
    Copies<K> copies = one.copies().get();
    if (copies != null) {
      what.accept(copies);
    }
  }
}
