package dev.singleflight.benchmarks;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Threads that follow one {@link FanOutSubject} after another. Led by one thread at a time. */
final class Followers implements AutoCloseable {

  /** How long the machine is left alone, so that those who said they park really sleep. */
  private static final long SETTLE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final List<Follower> crew;
  private final AtomicInteger away = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile Round round = new Round(0, null);
  private volatile @Nullable Thread leader;

  private record Round(int number, @Nullable FanOutSubject subject) {}

  Followers(int count, ThreadFactory threads) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(count);
    crew = Stream.generate(() -> new Follower(threads, ready)).limit(count).toList();
    crew.forEach(follower -> follower.thread.start());
    ready.await();
  }

  /** Sends all to follow a subject, and returns when all are parked for it. */
  void follow(FanOutSubject subject) {
    away.set(crew.size());
    startRound(subject);
    for (Follower follower : crew) {
      while (!follower.isParkedForSubject()) {
        throwFailure();
        if (away.get() < crew.size()) {
          throw new IllegalStateException("A follower came back before it was to be woken");
        }
        LockSupport.parkNanos(this, POLL_NANOS);
      }
    }
    LockSupport.parkNanos(this, SETTLE_NANOS);
  }

  /** Waits until all have got what they followed for, and returns when the last one had. */
  long awaitAll() {
    leader = Thread.currentThread();
    while (away.get() > 0) {
      LockSupport.park(this);
    }
    leader = null;
    throwFailure();
    return crew.stream().mapToLong(follower -> follower.awake).max().orElseThrow();
  }

  /** Lets the threads end. */
  @Override
  public void close() {
    startRound(null);
  }

  private void startRound(@Nullable FanOutSubject subject) {
    round = new Round(round.number() + 1, subject);
    crew.forEach(follower -> LockSupport.unpark(follower.thread));
  }

  private void throwFailure() {
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("A follower failed", thrown);
    }
  }

  private final class Follower implements Runnable {
    private final Thread thread;
    private final CountDownLatch ready;
    private volatile long awake;

    Follower(ThreadFactory threads, CountDownLatch ready) {
      this.thread = threads.newThread(this);
      this.ready = ready;
    }

    boolean isParkedForSubject() {
      Object blocker = LockSupport.getBlocker(thread);
      if (blocker == null || blocker == this) {
        return false;
      }
      Thread.State state = thread.getState();
      return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    @Override
    public void run() {
      ready.countDown();
      for (int number = 1; ; number++) {
        while (round.number() < number) {
          LockSupport.park(this);
        }
        FanOutSubject subject = round.subject();
        if (subject == null) {
          return;
        }
        follow(subject);
      }
    }

    private void follow(FanOutSubject subject) {
      try {
        String value = subject.follow();
        awake = System.nanoTime();
        if (!value.equals(FanOutSubject.VALUE)) {
          throw new IllegalStateException("Got: " + value);
        }
      } catch (Throwable t) {
        failure.compareAndSet(null, t);
      }
      if (away.decrementAndGet() == 0) {
        LockSupport.unpark(leader);
      }
    }
  }
}
