package dev.singleflight.proofs.processes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads and now and then writes for a time, whatever becomes of the engine. In the process that has
 * invalidated a key no call gets what was before; in others none does once the time is over for
 * which they may keep it.
 */
final class OutageLoad {

  private static final int THREADS = 8;
  private static final int KEYS = 20;
  private static final int READS_A_WRITE = 20;

  /** What a call may take beside a load: a step that is not answered, and a busy machine. */
  private static final long GRACE_MILLIS = 2_000;

  private final Worker worker;
  private final long end;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong slowest = new AtomicLong();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  /** The versions that this process itself knows to be the oldest, by key. */
  private final AtomicLong[] own = new AtomicLong[KEYS];

  OutageLoad(Worker worker, Duration duration) {
    this.worker = worker;
    this.end = System.nanoTime() + duration.toNanos();
    for (int i = 0; i < KEYS; i++) {
      own[i] = new AtomicLong();
    }
  }

  /** Returns how many calls there were, the milliseconds of the slowest, and a fault or none. */
  String run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::callUntilTheEnd, "caller " + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return calls
        + " "
        + slowest.get() / 1_000_000
        + " "
        + (faults.isEmpty() ? "none" : faults.peek());
  }

  private void callUntilTheEnd() {
    try {
      while (System.nanoTime() - end < 0) {
        int key = ThreadLocalRandom.current().nextInt(KEYS);
        if (ThreadLocalRandom.current().nextInt(READS_A_WRITE) == 0) {
          write(key);
        } else {
          read(key);
        }
        calls.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      faults.add(e.toString().replace(' ', '_'));
    }
  }

  private void write(int number) throws IOException {
    String key = "outage" + number;
    long version = Long.parseLong(worker.askDatabase("write " + key));
    long start = System.nanoTime();
    worker.loader().invalidate(key);
    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
    own[number].accumulateAndGet(version, Math::max);
    worker.askDatabase("invalidated " + key + " " + version);
  }

  private void read(int number) throws IOException {
    String key = "outage" + number;
    long here = own[number].get();
    long all =
        Long.parseLong(
            worker.askDatabase(
                "floor " + key + " " + (Worker.FRESH_HERE.toMillis() + GRACE_MILLIS)));
    long start = System.nanoTime();
    long got = worker.loader().get(key);
    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
    if (got < here) {
      faults.add(key + "_got_" + got + "_after_own_" + here);
    }
    if (got < all) {
      faults.add(key + "_got_" + got + "_long_after_" + all);
    }
  }
}
