package dev.singleflight.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.Stats;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedSnapshotTest {

  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final SharedSnapshot<Object> shared =
      new SharedSnapshot<>(s -> Figures.ofCalls(taken.incrementAndGet()), clock::get);
  private final Object subject = new Object();

  @Test
  void readersOfOneScrapeShareASnapshot() {
    Stats first = shared.read(subject, 0);
    assertThat(shared.read(subject, 1)).isSameAs(first);
    assertThat(shared.read(subject, 31)).isSameAs(first);
    assertThat(taken).hasValue(1);
  }

  @Test
  void readerNeverGetsTheSameSnapshotTwice() {
    Stats first = shared.read(subject, 0);
    Stats second = shared.read(subject, 0);
    assertThat(second.calls()).isEqualTo(first.calls() + 1);
    assertThat(shared.read(subject, 1)).isSameAs(second);
    assertThat(shared.read(subject, 1).calls()).isEqualTo(3);
  }

  @Test
  void snapshotIsNotGivenWhenItIsNoLongerFresh() {
    Stats first = shared.read(subject, 0);
    clock.addAndGet(SharedSnapshot.FRESH_NANOS);
    assertThat(shared.read(subject, 1)).isSameAs(first);
    clock.addAndGet(1);
    assertThat(shared.read(subject, 2)).isNotSameAs(first);
  }
}
