package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a cache keeps what stands in for a failed load. */
class LongLives {
  record Rate(String currency, long value) {
    static final Rate NONE = new Rate("", 0);
  }

  interface RateClient {
    Rate rate(String currency);
  }

  private final RateClient client;
  private final Cache<String, Rate> hourly =
      Caffeine.newBuilder().expireAfterWrite(1, TimeUnit.HOURS).build();
  private final Cache<String, Rate> daily =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(60 * 24)).build();
  private final Cache<String, Rate> brief =
      Caffeine.newBuilder().expireAfterWrite(10, TimeUnit.MINUTES).build();
  private final LoadingCache<String, Rate> twice =
      Caffeine.newBuilder()
          .expireAfterWrite(Duration.ofDays(1))
          .refreshAfterWrite(Duration.ofMinutes(5))
          .build(currency -> null);
  private final LoadingCache<String, Rate> loading;
  private final LoadingCache<String, Rate> configured;

  LongLives(RateClient client, Duration life) {
    this.client = client;
    loading = Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(2)).build(new Loader(client));
    configured = Caffeine.newBuilder().expireAfterWrite(life).build(this::orNone);
  }

  private Rate orNone(String currency) {
    try {
      return client.rate(currency);
    } catch (RuntimeException e) {
      return Rate.NONE;
    }
  }

  static class Loader implements CacheLoader<String, Rate> {
    private final RateClient client;

    Loader(RateClient client) {
      this.client = client;
    }

    @Override
    public Rate load(String currency) {
      try {
        return client.rate(currency);
      } catch (RuntimeException e) {
        // BUG: Diagnostic contains: keeps what stands in for a failed load ('Rate.NONE')
        return Rate.NONE;
      }
    }
  }

  Rate hourly(String currency) {
    // BUG: Diagnostic contains: 'hourly.get' keeps
    return hourly.get(currency, this::orNone);
  }

  Rate daily(String currency) {
    // BUG: Diagnostic contains: 'daily.get' keeps
    return daily.get(currency, this::orNone);
  }

  /** Ten minutes are what the author allows a failure. */
  Rate shortLived(String currency) {
    return brief.get(currency, this::orNone);
  }

  /** What is loaded again in five minutes is not kept for a day. */
  Rate twice(String currency) {
    return twice.get(currency, this::orNone);
  }

  Rate fromLoading(String currency) {
    return loading.get(currency);
  }

  /** How long is for others to say. */
  Rate fromConfigured(String currency) {
    return configured.get(currency);
  }
}
