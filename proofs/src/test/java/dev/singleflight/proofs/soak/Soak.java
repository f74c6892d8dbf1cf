package dev.singleflight.proofs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Rounds of calls and interrupts, after each of which all has to be as it was before. */
final class Soak {

  private static final int ROUNDS = 6;
  private static final int CALLERS = 12;
  private static final long PATIENCE_SECONDS = 30;

  /** What a measurement of an unchanged heap may differ by. */
  private static final long NOISE_BYTES = 4 << 10;

  private final Subject subject;
  private final Account account;
  private final AtomicLongArray outdated;
  private final List<Long> heap = new ArrayList<>();

  Soak(Subject subject, Account account, int keys) {
    this.subject = subject;
    this.account = account;
    this.outdated = new AtomicLongArray(keys);
  }

  void run(String name, double seconds) throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      runRound((long) (seconds * 1e9 / ROUNDS));
      heap.add(usedHeapBytes());
    }
    System.out.println("soak of " + name + ": " + account + "; heap after each round " + heap);
    assertThat(account.loads()).as("loads").isPositive().isLessThan(account.calls());
    // Of many flights with followers; a machine that stalls makes a few late.
    assertThat(account.lateAnswers()).as("late answers").isLessThan(1 + account.calls() / 5000);
    assertThat(isFlat(heap)).as("bytes of heap after each round: %s", heap).isTrue();
  }

  /** A leak grows in each round; whatever else takes up heap does so once. */
  private static boolean isFlat(List<Long> bytes) {
    // The first round loads classes and warms caches up.
    for (int round = 2; round < ROUNDS; round++) {
      if (bytes.get(round) < bytes.get(round - 1) + NOISE_BYTES) {
        return true;
      }
    }
    return false;
  }

  private void runRound(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Caller caller = new Caller(subject, account, outdated, deadline);
      callers.add(caller);
      caller.start();
    }
    while (System.nanoTime() < deadline) {
      callers.get(ThreadLocalRandom.current().nextInt(CALLERS)).interrupt();
      LockSupport.parkNanos(500_000);
    }
    for (Caller caller : callers) {
      caller.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertThat(caller.isAlive())
          .as(() -> "waits forever at " + List.of(caller.getStackTrace()))
          .isFalse();
    }
    assertThat(account.violations()).as("violations").isEmpty();
    assertThat(account.answered()).as("calls that were answered").isEqualTo(account.calls());
    awaitNoFlight();
    for (int key = 0; key < outdated.length(); key++) {
      Load cached = subject.cached(key);
      assertThat(cached == null || cached.begun() > outdated.get(key))
          .as("cached, and out of date since %s: %s", outdated.get(key), cached)
          .isTrue();
    }
  }

  /** Loads whose callers have all given up may still run. */
  private void awaitNoFlight() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (subject.inFlight() > 0) {
      assertThat(System.nanoTime()).as("flights left: " + subject.inFlight()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long usedHeapBytes() {
    // Twice, for the first may only find what there is for reference handlers to do.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
