package dev.singleflight.samples.tasks.task10;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Threads that do nothing but ask for keys at random, one after another. */
final class Stress {
  private static final Duration MOMENT = Duration.ofMillis(250);

  private final SingleflightGroup<Integer, Integer> group =
      SingleflightGroup.newBuilder().name("stress").recordStats().build();
  private final Loader<Integer, Integer, ?> loader;
  private final int keys;
  private volatile boolean over;

  Stress(Loader<Integer, Integer, ?> loader, int keys) {
    this.loader = loader;
    this.keys = keys;
  }

  /**
   * Runs for a time.
   *
   * @param progress is given each moment when it has gone by
   * @return all of them
   * @throws ExecutionException if a load has failed
   */
  List<Sample> run(int threads, Duration duration, Consumer<Sample> progress)
      throws InterruptedException, ExecutionException {
    List<Sample> samples = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> calling = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calling.add(callers.submit(this::ask));
      }
      watch(
          calling.get(0),
          duration,
          sample -> {
            samples.add(sample);
            progress.accept(sample);
          });
      over = true;
      for (Future<?> caller : calling) {
        caller.get();
      }
    } finally {
      over = true;
      callers.shutdown();
    }
    return samples;
  }

  private @Nullable Void ask() throws Exception {
    while (!over) {
      int key = ThreadLocalRandom.current().nextInt(keys);
      if (group.execute(key, loader) != key) {
        throw new IllegalStateException("a value of another key");
      }
    }
    return null;
  }

  private void watch(Future<?> caller, Duration duration, Consumer<Sample> samples)
      throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    Stats before = group.stats();
    Duration from = Duration.ZERO;
    while (from.compareTo(duration) < 0) {
      awaitMoment(caller);
      Stats now = group.stats();
      Duration to = Duration.ofNanos(System.nanoTime() - began);
      samples.accept(Sample.between(before, now, from, to));
      before = now;
      from = to;
    }
  }

  /** Lets a moment go by, unless a caller has failed. */
  private static void awaitMoment(Future<?> caller)
      throws InterruptedException, ExecutionException {
    try {
      caller.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // it goes on, as it should
    }
  }
}
