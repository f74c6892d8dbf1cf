package dev.singleflight.proofs.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What happened, and what should not have. */
final class Account {

  /** How a call ended for its caller. */
  enum End {
    VALUE,
    FAILURE,
    ERROR,
    TIMEOUT,
    INTERRUPT,
    CANCELLED,
    REJECTED
  }

  private static final int ENOUGH = 20;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final Map<End, AtomicLong> ends = new EnumMap<>(End.class);
  private final AtomicLong loads = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong recursions = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  Account() {
    for (End end : End.values()) {
      ends.put(end, new AtomicLong());
    }
  }

  long tick() {
    return clock.incrementAndGet();
  }

  long begin() {
    calls.incrementAndGet();
    return tick();
  }

  void end(End end) {
    counter(end).incrementAndGet();
  }

  void loadBegins(int max) {
    loads.incrementAndGet();
    int now = running.incrementAndGet();
    check(now <= max, "loads run at the same time: " + now);
  }

  void loadEnds() {
    running.decrementAndGet();
  }

  void recursionRefused() {
    recursions.incrementAndGet();
  }

  void late() {
    late.incrementAndGet();
  }

  void check(boolean holds, String otherwise) {
    if (!holds && violations.size() < ENOUGH) {
      violations.add(otherwise);
    }
  }

  Queue<String> violations() {
    return violations;
  }

  long calls() {
    return calls.get();
  }

  long loads() {
    return loads.get();
  }

  long lateAnswers() {
    return late.get();
  }

  long answered() {
    long sum = 0;
    for (End end : End.values()) {
      sum += count(end);
    }
    return sum;
  }

  long count(End end) {
    return counter(end).get();
  }

  private AtomicLong counter(End end) {
    return Objects.requireNonNull(ends.get(end));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(calls).append(" calls, ").append(loads).append(" loads");
    for (End end : End.values()) {
      text.append(", ").append(end).append(' ').append(count(end));
    }
    return text.append(", recursions refused ")
        .append(recursions)
        .append(", late ")
        .append(late)
        .toString();
  }
}
