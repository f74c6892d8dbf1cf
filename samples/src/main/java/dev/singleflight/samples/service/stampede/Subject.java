package dev.singleflight.samples.service.stampede;

import dev.singleflight.samples.service.Settings;
import dev.singleflight.samples.service.catalogue.CacheSettings;
import java.time.Duration;
import java.util.Optional;

/** The service in the ways it is compared: the same but for what is done about a miss. */
public enum Subject {
  PLAIN("Plain cache", false, false),
  COALESCING("Coalescing", true, false),
  REFRESHING("Coalescing, refresh ahead", true, true);

  private static final Duration MISSING_TTL = Duration.ofSeconds(10);
  private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 10;
  private static final int MAXIMUM_PRODUCTS = 1_000;

  private final String words;
  private final boolean coalescing;
  private final boolean refreshing;

  Subject(String words, boolean coalescing, boolean refreshing) {
    this.words = words;
    this.coalescing = coalescing;
    this.refreshing = refreshing;
  }

  /** Returns what it is called in tables and pictures. */
  public String words() {
    return words;
  }

  /**
   * Returns how the service is to run, at any port that is free.
   *
   * @param ttl how long it caches a product
   */
  public Settings settings(Duration ttl) {
    Optional<Duration> refreshAfter = refreshing ? Optional.of(ttl.dividedBy(2)) : Optional.empty();
    return new Settings(
        0,
        new CacheSettings(coalescing, ttl, MISSING_TTL, refreshAfter, MAXIMUM_PRODUCTS),
        CONNECTIONS,
        DATABASE_TIMEOUT,
        STOP_TIMEOUT,
        true);
  }
}
