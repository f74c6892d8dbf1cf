package dev.singleflight.proofs.soak;

import dev.singleflight.LoadException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Calls in all ways, as fast as it can, and looks at what it gets. */
final class Caller extends Thread {

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final Subject subject;
  private final Account account;

  /** For each key, the tick before which no load that a new caller gets may have begun. */
  private final AtomicLongArray outdated;

  private final long deadline;

  Caller(Subject subject, Account account, AtomicLongArray outdated, long deadline) {
    super("soak-caller");
    setDaemon(true);
    this.subject = subject;
    this.account = account;
    this.outdated = outdated;
    this.deadline = deadline;
  }

  @Override
  public void run() {
    try {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      while (System.nanoTime() < deadline) {
        int key = random.nextInt(outdated.length());
        int choice = random.nextInt(100);
        if (choice < 4) {
          // Published after the method has returned: whoever reads it calls after that.
          long tick = account.tick();
          subject.outdate(key);
          outdated.accumulateAndGet(key, tick, Math::max);
        } else if (choice < 5) {
          long tick = account.tick();
          if (subject.outdateAll()) {
            for (int each = 0; each < outdated.length(); each++) {
              outdated.accumulateAndGet(each, tick, Math::max);
            }
          }
        } else if (choice < 9) {
          subject.disturb(key, choice);
        }
        // Now and then a key that nobody asks for again, so that nobody clears up what it leaves.
        boolean once = choice >= 95;
        callOnce(once ? (int) account.tick() + outdated.length() : key, random.nextInt(100));
        // Whoever interrupts does so at any time: it may come when the call is over.
        boolean unused = Thread.interrupted();
      }
    } catch (Throwable t) {
      account.check(false, "a caller died of " + t);
    }
  }

  private void callOnce(int key, int choice) {
    long notBefore = key < outdated.length() ? outdated.get(key) : 0;
    long called = account.begin();
    Account.End end;
    Load load = null;
    try {
      load = call(key, choice);
      end = load == null ? Account.End.CANCELLED : Account.End.VALUE;
    } catch (Failed e) {
      account.check(!e.abandoned, "got the outcome of a load that everybody had left");
      load = e.load;
      end = Account.End.FAILURE;
    } catch (Failed.Fatally e) {
      load = e.load;
      end = Account.End.ERROR;
    } catch (TimeoutException e) {
      end = Account.End.TIMEOUT;
    } catch (RejectedExecutionException e) {
      end = Account.End.REJECTED;
    } catch (InterruptedException e) {
      end = Account.End.INTERRUPT;
    } catch (CancellationException e) {
      account.check(
          Thread.interrupted() && e.getCause() instanceof InterruptedException,
          "cancelled by somebody else: " + e);
      end = Account.End.INTERRUPT;
    }
    if (load != null) {
      check(load, key, notBefore, called);
    }
    account.end(end);
  }

  private void check(Load load, int key, long notBefore, long called) {
    long returned = account.tick();
    account.check(load.isOf(key), "asked for " + key + ", got " + load);
    account.check(load.begun() > notBefore, "out of date since " + notBefore + ": " + load);
    if (!subject.caches()) {
      account.check(
          load.firstReturn().get() > called, "joined at " + called + ", after its end: " + load);
    }
    // Who is not woken looks by himself, after a second.
    if (System.nanoTime() - load.endedNanos().get() > LATE_NANOS && !subject.caches()) {
      account.late();
    }
    load.firstReturn().accumulateAndGet(returned, Math::min);
  }

  /** Returns null if it cancelled its future. */
  private @Nullable Load call(int key, int choice)
      throws Failed, TimeoutException, InterruptedException {
    if (choice < 60) {
      return subject.call(key, choice);
    }
    Duration timeout = Duration.ofNanos((choice % 20) * 10_000L);
    if (choice < 80) {
      return subject.call(key, timeout);
    }
    CompletableFuture<Load> future = subject.callAsync(key);
    try {
      if (choice < 86) {
        future.cancel(true);
        return null;
      }
      return choice < 92
          ? future.get()
          : future.get(Math.max(1, timeout.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof LoadException wrapper ? wrapper.getCause() : e.getCause();
      if (cause instanceof Failed failed) {
        throw failed;
      }
      if (cause instanceof Failed.Fatally fatal) {
        throw fatal;
      }
      if (cause instanceof RejectedExecutionException rejected) {
        throw rejected;
      }
      throw new AssertionError("a future failed with what no load threw", e);
    } finally {
      future.cancel(false);
    }
  }
}
