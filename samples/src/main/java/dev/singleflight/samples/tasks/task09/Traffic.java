package dev.singleflight.samples.tasks.task09;

import dev.singleflight.LoadException;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserNotFoundException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Callers as a service has them: some users are asked for much more than others, one in two hundred
 * does not exist, and there are more callers in one minute than in the next.
 */
final class Traffic {
  private static final int CALLERS = 40;
  private static final int USERS = 100;
  private static final double ODDS_OF_NOBODY = 0.005;
  private static final double LEAST_PAUSE_MILLIS = 2;
  private static final double MOST_PAUSE_MILLIS = 30;
  private static final double TIDE_SECONDS = 60;

  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final LongFunction<User> directory;
  private final long began = System.nanoTime();
  private volatile boolean over;

  private Traffic(LongFunction<User> directory) {
    this.directory = directory;
  }

  static Traffic on(LongFunction<User> directory) {
    Traffic traffic = new Traffic(directory);
    for (int caller = 0; caller < CALLERS; caller++) {
      traffic.callers.execute(traffic::call);
    }
    return traffic;
  }

  private void call() {
    while (!over) {
      try {
        User user = directory.apply(anyId());
        if (user.name().isEmpty()) {
          throw new IllegalStateException(user + " has no name");
        }
      } catch (UserNotFoundException | LoadException e) {
        // the directory counts it
      }
      LockSupport.parkNanos(pauseNanos());
    }
  }

  private static long anyId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    double skewed = Math.pow(random.nextDouble(), 3);
    return random.nextDouble() < ODDS_OF_NOBODY ? -1 : 1 + (long) (USERS * skewed);
  }

  private long pauseNanos() {
    double seconds = (System.nanoTime() - began) / 1e9;
    double ebb = (1 + Math.cos(2 * Math.PI * seconds / TIDE_SECONDS)) / 2;
    double millis = LEAST_PAUSE_MILLIS + ebb * (MOST_PAUSE_MILLIS - LEAST_PAUSE_MILLIS);
    return (long) (millis * 1e6 * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
  }

  /** Ends it, and waits for all callers to have ended. */
  void end() throws InterruptedException {
    over = true;
    callers.shutdown();
    if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a caller does not end");
    }
  }
}
