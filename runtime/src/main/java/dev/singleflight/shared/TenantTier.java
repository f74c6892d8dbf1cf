package dev.singleflight.shared;

import dev.singleflight.Loader;
import dev.singleflight.LoaderTier;
import dev.singleflight.LoaderTier.Answer;
import dev.singleflight.ThrowingSupplier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tier as one loader sees it: what becomes of one miss, and of one invalidation. */
final class TenantTier<K, V extends @Nullable Object> implements LoaderTier.Attachment<K, V> {

  private final TierContext context;
  private final String tenant;
  private final String origin;
  private final KeyCodec<K> keys;
  private final Misses<V> misses;

  TenantTier(
      TierContext context, String tenant, String origin, KeyCodec<K> keys, Payloads<V> payloads) {
    this.context = context;
    this.tenant = tenant;
    this.origin = origin;
    this.keys = keys;
    this.misses = new Misses<>(context, payloads, origin);
  }

  @Override
  public Answer<V> load(K key, long maxAgeNanos, ThrowingSupplier<? extends V, ?> loader)
      throws Exception {
    return misses.load(tierKey(key), maxAgeNanos, loader);
  }

  @Override
  public Map<K, Answer<V>> loadAll(
      Collection<K> all, Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader)
      throws Exception {
    return new BulkMiss<>(context, misses, this::tierKey, loader).load(all);
  }

  @Override
  public void invalidate(K key) {
    context.circuit().invalidate(new Invalidation.OfKey(tierKey(key)), origin);
  }

  @Override
  public void invalidateAll() {
    context
        .circuit()
        .invalidate(new Invalidation.OfTenant(context.options().tier(), tenant), origin);
  }

  private TierKey tierKey(K key) {
    return new TierKey(context.options().tier(), tenant, WellFormed.encode(keys.encode(key)));
  }
}
