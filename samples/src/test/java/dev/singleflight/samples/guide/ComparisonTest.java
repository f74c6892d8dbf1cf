package dev.singleflight.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Does with each library what the rows of the guide's table tell of, and compares what it sees with
 * what the cells say. Go's column is not held to anything: nothing here runs Go.
 */
final class ComparisonTest {
  private static final int CALLERS = 4;
  private static final String GO = "Go `singleflight`";

  /** How long a thread has to be seen waiting to count as one that waits for what is to come. */
  private static final int WAITS_MILLIS = 20;

  /** How long to count as one that waits for what does not come. */
  private static final int HANGS_MILLIS = 250;

  private interface Observation {
    String of(Rival rival) throws Exception;
  }

  private static final Map<String, Observation> OBSERVATIONS =
      Map.of(
          "keeps the value", ComparisonTest::keeping,
          "overlapping calls, the load succeeds", ComparisonTest::success,
          "overlapping calls, the load fails", ComparisonTest::failure,
          "overlapping calls, the loader returns null", ComparisonTest::nullValue,
          "a call for another key of the same hash code", ComparisonTest::otherKey,
          "a loader that asks for its own key", ComparisonTest::ownKey,
          "two loads that ask for each other's key", ComparisonTest::cycle,
          "a waiting caller is interrupted", ComparisonTest::interrupt,
          "invalidated while it loads", ComparisonTest::invalidation,
          "a caller cancels its future", ComparisonTest::cancellation);

  @TestFactory
  Stream<DynamicTest> cells() throws IOException {
    List<List<String>> table =
        Files.readString(Path.of("../docs/runtime.md"))
            .lines()
            .dropWhile(line -> !line.contains(GO))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
            .toList();
    List<String> head = table.get(0);
    List<List<String>> observed =
        table.stream().filter(row -> OBSERVATIONS.containsKey(row.get(0))).toList();
    assertThat(observed).extracting(row -> row.get(0)).hasSameElementsAs(OBSERVATIONS.keySet());
    return observed.stream()
        .flatMap(
            row ->
                Stream.iterate(1, i -> i + 1)
                    .limit(head.size() - 1)
                    .filter(i -> !head.get(i).equals(GO))
                    .map(i -> cell(row.get(0), head.get(i), row.get(i))));
  }

  private static DynamicTest cell(String row, String column, String text) {
    Observation observation = Objects.requireNonNull(OBSERVATIONS.get(row));
    return DynamicTest.dynamicTest(
        row + ": " + column, () -> assertThat(observation.of(Rival.named(column))).isEqualTo(text));
  }

  private static String keeping(Rival rival) throws Exception {
    Object unused = rival.get("k", () -> "first");
    return "first".equals(rival.get("k", () -> "second")) ? "yes" : "no";
  }

  private static String success(Rival rival) throws Exception {
    Overlap overlap = new Overlap(rival, () -> "v");
    assertThat(overlap.outcomes()).containsOnly("v");
    return overlap.loads();
  }

  private static String failure(Rival rival) throws Exception {
    IllegalStateException failure = new IllegalStateException("no");
    Overlap overlap =
        new Overlap(
            rival,
            () -> {
              throw failure;
            });
    assertThat(overlap.outcomes()).allMatch(outcome -> root(outcome) == failure);
    return overlap.loads();
  }

  private static String nullValue(Rival rival) throws Exception {
    Overlap overlap = new Overlap(rival, () -> null);
    List<@Nullable Object> outcomes = overlap.outcomes();
    if (outcomes.stream().noneMatch(Objects::isNull)) {
      return "`" + Objects.requireNonNull(outcomes.get(0)).getClass().getSimpleName() + "`";
    }
    assertThat(outcomes).containsOnlyNulls();
    boolean kept = rival.get("k", () -> "second") == null;
    return overlap.loads() + ", " + (kept ? "kept" : "not kept");
  }

  private static String otherKey(Rival rival) throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Call first = Call.of(rival, new Key("first"), gated(new CountDownLatch(0), open, "v"));
    first.awaitWaiting();
    Call second = Call.of(rival, new Key("second"), () -> "w");
    String seen = second.hangs() ? "may wait" : "does not wait";
    open.countDown();
    return seen;
  }

  private static String ownKey(Rival rival) throws Exception {
    Call call = Call.of(rival, "k", () -> rival.get("k", () -> "inner"));
    return call.hangs() ? "hangs" : "`" + root(call.outcome()).getClass().getSimpleName() + "`";
  }

  private static String cycle(Rival rival) throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Object other = 1 - i;
      calls.add(
          Call.of(
              rival,
              i,
              () -> {
                both.await(20, TimeUnit.SECONDS);
                return rival.get(other, () -> "inner");
              }));
    }
    if (calls.get(0).hangs() && calls.get(1).hangs()) {
      return "hangs";
    }
    return "`" + root(calls.get(0).outcome()).getClass().getSimpleName() + "`";
  }

  private static String interrupt(Rival rival) throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Call first = Call.of(rival, "k", gated(new CountDownLatch(0), open, "v"));
    first.awaitWaiting();
    Call waiting = Call.of(rival, "k", () -> "w");
    waiting.awaitWaiting();
    waiting.thread.interrupt();
    String seen = waiting.hangs() ? "it waits on" : "it gives up";
    open.countDown();
    return seen;
  }

  private static String invalidation(Rival rival) throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Call load = Call.of(rival, "k", gated(new CountDownLatch(0), open, "old"));
    load.awaitWaiting();
    Call invalidation =
        new Call(
            () -> {
              rival.invalidate("k");
              return null;
            });
    boolean waits = invalidation.hangs();
    Call late = new Call(() -> rival.get("k", () -> "new"));
    boolean lateWaits = late.hangs();
    open.countDown();
    assertThat(load.outcome()).isEqualTo("old");
    assertThat(invalidation.outcome()).isNull();
    Object given = late.outcome();
    assertThat(lateWaits).isEqualTo(waits || "old".equals(given));
    boolean old = "old".equals(rival.get("k", () -> "newer"));
    return (waits ? "waits for the load" : "at once")
        + (waits || "new".equals(given) ? "" : ", later callers get the old value")
        + (old ? ", which is kept" : "");
  }

  private static String cancellation(Rival rival) throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    CompletableFuture<?> first = rival.getAsync("k", gated(new CountDownLatch(0), open, "v"));
    CompletableFuture<?> second = rival.getAsync("k", () -> "w");
    if (first == null || second == null) {
      return "no futures";
    }
    assertThat(first.cancel(true)).isTrue();
    String seen = second.isCancelled() ? "all are cancelled" : "it alone is cancelled";
    open.countDown();
    return seen;
  }

  private static Callable<@Nullable Object> gated(
      CountDownLatch begun, CountDownLatch open, @Nullable Object value) {
    return () -> {
      begun.countDown();
      assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
      return value;
    };
  }

  private static Object root(@Nullable Object outcome) {
    Throwable thrown = (Throwable) Objects.requireNonNull(outcome);
    while (thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return thrown;
  }

  private record Key(String name) {
    @Override
    public int hashCode() {
      return 7;
    }
  }

  /** Several callers with one key, all of which call before the first load ends. */
  private static final class Overlap {
    private final AtomicInteger loads = new AtomicInteger();
    private final List<Call> calls = new ArrayList<>();

    Overlap(Rival rival, Callable<? extends @Nullable Object> result) throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch open = new CountDownLatch(1);
      Callable<@Nullable Object> loader =
          () -> {
            loads.incrementAndGet();
            Object unused = gated(begun, open, null).call();
            return result.call();
          };
      for (int i = 0; i < CALLERS; i++) {
        Call call = Call.of(rival, "k", loader);
        calls.add(call);
        if (i == 0) {
          assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }
        call.awaitWaiting();
      }
      open.countDown();
    }

    List<@Nullable Object> outcomes() throws Exception {
      List<@Nullable Object> outcomes = new ArrayList<>();
      for (Call call : calls) {
        outcomes.add(call.outcome());
      }
      return outcomes;
    }

    String loads() {
      int number = loads.get();
      assertThat(number).isIn(1, CALLERS);
      return number == 1 ? "one load for all" : "a load for each";
    }
  }

  /** A call on a thread of its own. */
  private static final class Call {
    private final FutureTask<@Nullable Object> task;
    final Thread thread;

    Call(Callable<@Nullable Object> callable) {
      task = new FutureTask<>(callable);
      thread = new Thread(task, "caller");
      thread.setDaemon(true);
      thread.start();
    }

    static Call of(Rival rival, Object key, Callable<? extends @Nullable Object> loader) {
      return new Call(() -> rival.get(key, loader));
    }

    /** Waits until the call waits for what the test will do. */
    void awaitWaiting() {
      assertThat(waits(WAITS_MILLIS)).isTrue();
    }

    boolean hangs() {
      return waits(HANGS_MILLIS);
    }

    private boolean waits(int millis) {
      int waited = 0;
      while (waited < millis && !task.isDone()) {
        Thread.State state = thread.getState();
        boolean waits = state != Thread.State.RUNNABLE && state != Thread.State.NEW;
        waited = waits ? waited + 1 : 0;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      return !task.isDone();
    }

    /** Returns what the call returned, or what it threw. */
    @Nullable Object outcome() throws Exception {
      try {
        return task.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        return e.getCause();
      }
    }
  }
}
