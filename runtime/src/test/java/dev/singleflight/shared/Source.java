package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.singleflight.Loader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all processes load from: values that change, loads that are counted, fail or are held up.
 */
final class Source implements Loader<String, String, Exception> {

  /** Holds up the loads that find it, after they have read. */
  static final class Gate {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @CanIgnoreReturnValue
    Gate awaitBegun() throws InterruptedException {
      assertThat(begun.await(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    void open() {
      open.countDown();
    }

    void pass() throws InterruptedException {
      begun.countDown();
      assertThat(open.await(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private volatile @Nullable Gate gate;
  private volatile @Nullable Exception failure;

  void write(String key, String value) {
    values.put(key, value);
  }

  /** Holds up loads that begin from now on. */
  Gate hold() {
    Gate one = new Gate();
    gate = one;
    return one;
  }

  /** Holds up no load that begins from now on. */
  void holdNoMore() {
    gate = null;
  }

  void failWith(@Nullable Exception with) {
    failure = with;
  }

  @Override
  @SuppressWarnings("NullAway") // some tests load nulls
  public String load(String key) throws Exception {
    loads.incrementAndGet();
    String value = values.get(key);
    Exception thrown = failure;
    Gate held = gate;
    if (held != null) {
      held.pass();
    }
    if (thrown != null) {
      throw thrown;
    }
    return value;
  }

  int loads() {
    return loads.get();
  }
}
