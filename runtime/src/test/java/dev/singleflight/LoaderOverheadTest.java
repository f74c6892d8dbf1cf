package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoaderOverheadTest {

  private static final int CALLS = 200_000;

  @Test
  void hitAllocatesNothing() {
    assertThat(bytesPerHit(SingleflightLoader.newBuilder().build(key -> "v"))).isLessThan(0.5);
  }

  @Test
  void hitOfWhatIsWatchedByTheClockAllocatesNothing() {
    SingleflightLoader<String, String> watched =
        SingleflightLoader.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofHours(3))
            .refreshAfterWrite(Duration.ofHours(1))
            .refreshEarly(1)
            .staleIfError(Duration.ofHours(1))
            .cacheNulls(Duration.ofHours(1))
            .jitter(0.1)
            .build(key -> "v");
    // Caffeine notes reads in buffers, and sees to those now and then.
    assertThat(bytesPerHit(watched)).isLessThan(2);
  }

  private static double bytesPerHit(SingleflightLoader<String, String> loader) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(hitOften(loader)).isEqualTo(CALLS);
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(hitOften(loader)).isEqualTo(CALLS);
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private static int hitOften(SingleflightLoader<String, String> loader) {
    int length = 0;
    for (int i = 0; i < CALLS; i++) {
      length += loader.get("k").length();
    }
    return length;
  }
}
