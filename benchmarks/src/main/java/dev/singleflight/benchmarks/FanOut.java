package dev.singleflight.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One leader and many parked followers: when the leader is free again, and when the last follower
 * is awake, both from the moment that the value is there. The rival is a {@code CompletableFuture}
 * in whose {@code join()} the followers are parked. The two take turns in one JVM.
 */
final class FanOut {

  private static final int[] FOLLOWERS = {16, 1_000};

  /** How many releases of the larger fan-out there are to one of the smaller. */
  private static final int FEWER = 5;

  private static final Bound LEADER_FREE = Bound.atMost(0.1);
  private static final Bound ALL_AWAKE = Bound.atMost(1);

  private FanOut() {}

  static List<Comparison> run(Pace pace, Consumer<String> progress)
      throws ExecutionException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>();
    for (ThreadKind kind : ThreadKind.values()) {
      for (int count : FOLLOWERS) {
        String conditions = String.format(Locale.ROOT, "%,d %s", count, kind);
        if (kind.exists()) {
          progress.accept("Fan-out to " + conditions);
          int releases = count == FOLLOWERS[0] ? pace.releases() : 1 + pace.releases() / FEWER;
          comparisons.addAll(compare(conditions, kind, count, releases));
        } else {
          progress.accept("Fan-out to " + conditions + ": left out, for this JDK has none");
        }
      }
    }
    return comparisons;
  }

  private static List<Comparison> compare(
      String conditions, ThreadKind kind, int count, int releases)
      throws ExecutionException, InterruptedException {
    Contestant group = new Contestant("singleflightGroup", FanOutSubject::ofGroup);
    Contestant future = new Contestant("completableFuture", FanOutSubject::ofCompletableFuture);
    try (Followers followers = new Followers(count, kind.factory())) {
      // The leader is of the followers' kind, as it is where all are callers.
      FutureTask<Void> measurement =
          new FutureTask<>(() -> takeTurns(group, future, followers, releases), null);
      kind.factory().newThread(measurement).start();
      measurement.get();
    }
    return List.of(
        compare("FanOut: leader free", conditions, group.free(), future.free(), LEADER_FREE),
        compare("FanOut: all awake", conditions, group.awake(), future.awake(), ALL_AWAKE));
  }

  private static void takeTurns(
      Contestant group, Contestant future, Followers followers, int releases) {
    int warmUps = releases / 5;
    for (int release = -warmUps; release < releases; release++) {
      boolean even = release % 2 == 0;
      boolean counts = release >= 0;
      (even ? group : future).release(followers, counts);
      (even ? future : group).release(followers, counts);
    }
  }

  private static Comparison compare(
      String benchmark, String conditions, Times ours, Times theirs, Bound target) {
    return new Comparison(
        benchmark,
        conditions,
        ours.score(),
        theirs.score(),
        ours.sample().median() / theirs.sample().median(),
        target,
        Bound.NONE);
  }

  private record Times(String name, Sample sample) {
    Score score() {
      String text =
          String.format(Locale.ROOT, "%.1f µs, p90 %.1f µs", sample.median(), sample.quantile(0.9));
      return new Score(name, text, Double.NaN);
    }
  }

  private static final class Contestant {
    private final String name;
    private final Supplier<FanOutSubject> subjects;
    private final List<Double> free = new ArrayList<>();
    private final List<Double> awake = new ArrayList<>();

    Contestant(String name, Supplier<FanOutSubject> subjects) {
      this.name = name;
      this.subjects = subjects;
    }

    void release(Followers followers, boolean counts) {
      FanOutSubject subject = subjects.get();
      long released =
          subject.lead(
              () -> {
                followers.follow(subject);
                return System.nanoTime();
              });
      long returned = System.nanoTime();
      long last = followers.awaitAll();
      if (counts) {
        free.add((returned - released) / 1e3);
        awake.add((last - released) / 1e3);
      }
    }

    Times free() {
      return new Times(name, new Sample(free));
    }

    Times awake() {
      return new Times(name, new Sample(awake));
    }
  }
}
