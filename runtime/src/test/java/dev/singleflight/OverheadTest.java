package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OverheadTest {

  private static final int CALLS = 200_000;

  /** A flight and the map's node for it, with compressed references. */
  @Test
  void callThatMeetsNobodyAllocatesOneFlight() {
    SingleflightGroup<String, String> group = SingleflightGroup.create();
    Loader<String, String, RuntimeException> loader = key -> key;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(callOften(group, loader)).isEqualTo(CALLS);

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(callOften(group, loader)).isEqualTo(CALLS);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat((double) bytes / CALLS).as("bytes a call").isBetween(32.0, 64.5);
  }

  private static int callOften(
      SingleflightGroup<String, String> group, Loader<String, String, RuntimeException> loader) {
    int calls = 0;
    for (int i = 0; i < CALLS; i++) {
      calls += group.execute("k", loader).length();
    }
    return calls;
  }
}
