package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, few keys, all methods: what holds of each call is checked of each call. */
@Timeout(120)
final class StressTest {

  private static final int THREADS = 12;
  private static final int KEYS = 4;
  private static final int ROUNDS = 4000;

  private final SingleflightGroup<Integer, Load> group = SingleflightGroup.create();

  /** Ticks whenever a call or a load begins or ends. */
  private final AtomicLong clock = new AtomicLong();

  private final AtomicInteger loads = new AtomicInteger();

  /** For each key, the tick before which no load that a new caller gets may have begun. */
  private final AtomicLong[] forgotten = new AtomicLong[KEYS];

  /** One run of the loader, and the tick at which the first of its callers had returned. */
  private record Load(int key, long begun, AtomicLong firstReturn) {}

  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Load load;

    Failed(Load load) {
      super("made to fail", null, false, false);
      this.load = load;
    }
  }

  private Load load(int key) throws Failed {
    loads.incrementAndGet();
    long begun = clock.incrementAndGet();
    if (ThreadLocalRandom.current().nextInt(4) == 0) {
      LockSupport.parkNanos(20_000);
    }
    Load load = new Load(key, begun, new AtomicLong(Long.MAX_VALUE));
    if (ThreadLocalRandom.current().nextInt(8) == 0) {
      throw new Failed(load);
    }
    return load;
  }

  @Test
  void whatACallGetsWasLoadedWhileTheCallLasted() {
    for (int key = 0; key < KEYS; key++) {
      forgotten[key] = new AtomicLong();
    }
    List<Call<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(Call.start(this::callRepeatedly));
    }
    int answered = 0;
    for (Call<Integer> call : calls) {
      answered += call.get();
    }
    assertThat(loads.get()).as("loads").isLessThan(THREADS * ROUNDS);
    assertThat(answered).as("calls that got an answer").isGreaterThan(loads.get());
    Call.awaitTrue(() -> group.inFlight() == 0);
  }

  @Test
  void loadsOfOneKeyDoNotOverlap() {
    AtomicInteger running = new AtomicInteger();
    List<Call<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(
          Call.start(
              () -> {
                for (int round = 0; round < 50_000; round++) {
                  Load load =
                      group.execute(
                          1,
                          key -> {
                            assertThat(running.incrementAndGet()).isEqualTo(1);
                            assertThat(running.decrementAndGet()).isZero();
                            return new Load(key, loads.incrementAndGet(), new AtomicLong());
                          });
                  assertThat(load.key()).isEqualTo(1);
                }
                return 0;
              }));
    }
    calls.forEach(call -> assertThat(call.get()).isZero());
  }

  private int callRepeatedly() throws Exception {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int key = random.nextInt(KEYS);
      long notBefore = forgotten[key].get();
      long called = clock.incrementAndGet();
      Load load;
      try {
        load = call(key, random.nextInt(100));
      } catch (Failed e) {
        load = e.load;
      } catch (TimeoutException e) {
        continue;
      }
      answered++;
      long returned = clock.incrementAndGet();
      assertThat(load.key()).isEqualTo(key);
      assertThat(load.begun()).as("begun, before the call returned").isLessThan(returned);
      assertThat(load.begun()).as("begun, after the key was forgotten").isGreaterThan(notBefore);
      assertThat(called)
          .as("called, before another call of the flight had returned")
          .isLessThan(load.firstReturn().get());
      assertThat(load.firstReturn().accumulateAndGet(returned, Math::min)).isPositive();
    }
    return answered;
  }

  private Load call(int key, int choice) throws Exception {
    if (choice < 5) {
      // The tick is published after forget() has returned: whoever reads it calls after that.
      long tick = clock.incrementAndGet();
      group.forget(key);
      assertThat(forgotten[key].accumulateAndGet(tick, Math::max)).isPositive();
    } else if (choice < 10) {
      group.forgetUnshared(key);
    }
    if (choice < 20) {
      return group.execute(key, this::load, Duration.ofNanos(choice * 5_000L));
    }
    if (choice < 30) {
      return group.executeShared(key, this::load).value();
    }
    if (choice < 40) {
      CompletableFuture<Load> future = group.executeAsync(key, this::load);
      if (choice < 35) {
        future.cancel(true);
        throw new TimeoutException();
      }
      try {
        return future.get();
      } catch (ExecutionException e) {
        throw (Failed) e.getCause();
      }
    }
    return group.execute(key, this::load);
  }
}
