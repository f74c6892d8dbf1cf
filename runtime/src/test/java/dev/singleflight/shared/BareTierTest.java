package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.singleflight.SingleflightLoader;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tier with an engine and a codec of one's own needs what a loader needs, and no more. */
@Timeout(60)
final class BareTierTest {

  /**
   * What a user does who has neither Redis, nor JCache, nor Jackson; run by another class loader.
   */
  public static final class Use implements Callable<String> {
    @Override
    public String call() {
      try (SystemTierClock clock = new SystemTierClock("bare");
          SharedTier<String, @Nullable String> tier =
              SharedTier.newBuilder(
                      "bare", new FakeEngine(clock).member(), KeyCodec.strings(), Peer.TEXT)
                  .expireAfterWrite(Duration.ofMinutes(1))
                  .build()) {
        SingleflightLoader<String, @Nullable String> loader =
            SingleflightLoader.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .sharedTier(tier)
                .build((String key) -> key + "!");
        String value = loader.get("k");
        loader.invalidate("k");
        return value + tier.stats().fills();
      }
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void tierNeedsNoAdapter() throws Exception {
    URL[] own = {
      location(SharedTier.class),
      location(BareTierTest.class),
      location(Caffeine.class),
      location(Histogram.class)
    };
    try (URLClassLoader loader = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
      Class<?> use = Class.forName(Use.class.getName(), true, loader);
      assertThat(use).isNotSameAs(Use.class);
      assertThat(((Callable<?>) use.getConstructor().newInstance()).call()).isEqualTo("k!1");
    }
  }
}
