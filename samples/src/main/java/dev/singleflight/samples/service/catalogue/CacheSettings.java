package dev.singleflight.samples.service.catalogue;

import java.time.Duration;
import java.util.Optional;

/**
 * How a catalogue is cached.
 *
 * @param coalescing whether callers who miss the same product at the same time share one query
 * @param ttl how long a product is cached
 * @param missingTtl how long it is remembered that a product is missing; zero for not at all
 * @param refreshAfter from which age on a product that is asked for is refreshed in the background;
 *     shorter than the time to live, and only with coalescing
 * @param maximumProducts how many products of a tenant are cached at most
 */
public record CacheSettings(
    boolean coalescing,
    Duration ttl,
    Duration missingTtl,
    Optional<Duration> refreshAfter,
    int maximumProducts) {}
