package dev.singleflight.proofs.processes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes and invalidates, while others load: no call may get what was before an invalidation that
 * had returned, here or in another process, when the call began.
 */
final class RaceLoad {

  private static final int READERS = 4;
  private static final int KEYS = 4;

  private final Worker worker;
  private final int rounds;
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  RaceLoad(Worker worker, int rounds) {
    this.worker = worker;
    this.rounds = rounds;
  }

  /** Returns how many reads there were, and a fault or none. */
  String run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(() -> checked(this::writeAll), "writer"));
    for (int i = 0; i < READERS; i++) {
      threads.add(new Thread(() -> checked(this::readAll), "reader " + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return reads + " " + (faults.isEmpty() ? "none" : faults.peek());
  }

  private interface Part {
    void run() throws IOException;
  }

  private void checked(Part part) {
    try {
      part.run();
    } catch (IOException | RuntimeException e) {
      faults.add(e.toString().replace(' ', '_'));
    } finally {
      written.set(rounds);
    }
  }

  private static int any() {
    return ThreadLocalRandom.current().nextInt(KEYS);
  }

  @SuppressWarnings("SingleflightUnstableKey") // one of few keys, which all others take, too
  private void writeAll() throws IOException {
    for (int round = 0; round < rounds; round++) {
      write("race" + any());
      written.set(round);
    }
  }

  @SuppressWarnings("SingleflightUnstableKey") // as above
  private void write(String key) throws IOException {
    long version = Long.parseLong(worker.askDatabase("write " + key));
    worker.loader().invalidate(key);
    // Here it is exact, with what is cached and with the flights that others have begun.
    check("own", key, version, worker.loader().get(key));
    worker.askDatabase("invalidated " + key + " " + version);
  }

  @SuppressWarnings("SingleflightUnstableKey") // one of few keys, which all others take, too
  private void readAll() throws IOException {
    while (written.get() < rounds - 1 && faults.isEmpty()) {
      read("race" + any());
    }
  }

  @SuppressWarnings("SingleflightUnstableKey") // as above
  private void read(String key) throws IOException {
    long floor = Long.parseLong(worker.askDatabase("floor " + key + " 0"));
    check("strict", key, floor, worker.strict().get(key));
    reads.incrementAndGet();
  }

  private void check(String kind, String key, long floor, long got) {
    if (got < floor) {
      faults.add(kind + "_" + key + "_got_" + got + "_after_" + floor);
    }
  }
}
