package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ListenerTest {

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private final class Recording implements FlightListener<String> {
    @Override
    public void flightStarted(String key) {
      events.add("started " + key);
    }

    @Override
    public void flightJoined(String key) {
      events.add("joined " + key);
    }

    @Override
    public void flightFinished(String key, Duration loadTime, int followers) {
      events.add("finished " + key + " " + loadTime.toNanos() + " " + followers);
    }

    @Override
    public void flightFailed(String key, Throwable failure, Duration loadTime, int followers) {
      events.add(
          "failed "
              + key
              + " "
              + failure.getMessage()
              + " "
              + loadTime.toNanos()
              + " "
              + followers);
    }

    @Override
    public void flightAbandoned(String key) {
      events.add("abandoned " + key);
    }

    @Override
    public void flightForgotten(String key) {
      events.add("forgotten " + key);
    }

    @Override
    public void recursionRefused(String key) {
      events.add("refused " + key);
    }
  }

  private SingleflightGroup.Builder<String, Object> recorded() {
    return SingleflightGroup.newBuilder().nanoTime(nanos::get).listener(new Recording());
  }

  @Test
  void loadIsToldFromStartToFinish() {
    SingleflightGroup<String, Object> group = recorded().build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    nanos.set(7);
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(follower.get()).isEqualTo("v");
    assertThat(events).containsExactly("started k", "joined k", "finished k 7 1");
  }

  @Test
  void failureIsTold() {
    SingleflightGroup<String, Object> group = recorded().build();
    assertThatThrownBy(
            () ->
                group.execute(
                    "k",
                    () -> {
                      nanos.set(5);
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(events).containsExactly("started k", "failed k broken 5 0");
  }

  @Test
  void loadThatCannotBeginFails() {
    SingleflightGroup<String, Object> group =
        recorded()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build();
    assertThatThrownBy(() -> group.execute("k", () -> "v")).hasMessage("full");
    Call.awaitTrue(() -> events.size() == 2);
    assertThat(events).containsExactly("started k", "failed k full 0 0");
  }

  @Test
  void endIsToldBeforeFuturesAreCompleted() {
    SingleflightGroup<String, Object> group = recorded().build();
    CompletableFuture<List<String>> told =
        group.executeAsync("k", () -> "v").thenApply(value -> List.copyOf(events));
    assertThat(told.join()).containsExactly("started k", "finished k 0 0");
  }

  @Test
  void lastToLeaveIsToldOnce() throws Exception {
    SingleflightGroup<String, Object> group = recorded().build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    CompletableFuture<Object> first = group.executeAsync("k", loader);
    loader.awaitBegun();
    CompletableFuture<Object> second = group.executeAsync("k", loader);
    first.cancel(true);
    assertThat(events).containsExactly("started k", "joined k");
    second.cancel(true);
    assertThat(events).containsExactly("started k", "joined k", "abandoned k");

    assertThatThrownBy(() -> group.execute("k", loader, Duration.ZERO))
        .isInstanceOf(TimeoutException.class);
    assertThat(events).containsExactly("started k", "joined k", "abandoned k", "joined k");
    loader.open();
    Call.awaitTrue(() -> events.contains("finished k 0 0"));
  }

  @Test
  void futureThatItsOwnerCompletesHasLeft() {
    SingleflightGroup<String, Object> group = recorded().build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    CompletableFuture<Object> future = group.executeAsync("k", loader);
    assertThat(future.complete("other")).isTrue();
    assertThat(future.cancel(true)).isFalse();
    assertThat(events).containsExactly("started k", "abandoned k");
    loader.open();
  }

  @Test
  void leaderThatLoadsItselfNeverLeaves() {
    SingleflightGroup<String, Object> group = recorded().build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    follower.thread.interrupt();
    assertThat(follower.failure()).isNotNull();
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(events).containsExactly("started k", "joined k", "finished k 0 0");
  }

  @Test
  void forgettingIsToldIfThereWasSomethingToForget() {
    SingleflightGroup<String, Object> group = recorded().build();
    group.forget("k");
    assertThat(
            group.execute(
                "k",
                key -> {
                  group.forget(key);
                  return group.execute(
                      key,
                      again -> {
                        group.forgetUnshared(again);
                        return group.execute(
                            again,
                            third -> {
                              group.forgetAll();
                              return "v";
                            });
                      });
                }))
        .isEqualTo("v");
    assertThat(events)
        .containsExactly(
            "started k",
            "forgotten k",
            "started k",
            "forgotten k",
            "started k",
            "forgotten k",
            "finished k 0 0",
            "finished k 0 0",
            "finished k 0 0");
  }

  @Test
  @SuppressWarnings("SingleflightRecursiveLoad") // the refusal is what is told
  void refusedRecursionIsTold() {
    SingleflightGroup<String, Object> group = recorded().build();
    assertThatThrownBy(() -> group.execute("k", key -> group.execute(key, () -> "v")))
        .isInstanceOf(RecursiveLoadException.class);
    assertThat(events).startsWith("started k", "joined k", "refused k").hasSize(4);
  }

  @Test
  void whatAListenerThrowsReachesNobody() {
    FlightListener<Object> broken =
        new FlightListener<>() {
          @Override
          public void flightStarted(Object key) {
            throw new IllegalStateException("from a listener");
          }

          @Override
          public void flightJoined(Object key) {
            throw new AssertionError("from a listener");
          }

          @Override
          public void flightFinished(Object key, Duration loadTime, int followers) {
            throw new StackOverflowError("from a listener");
          }

          @Override
          public void flightAbandoned(Object key) {
            throw new IllegalStateException("from a listener");
          }
        };
    List<Throwable> logged = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(FlightListener.class.getName());
    logger.setFilter(
        entry -> {
          logged.add(entry.getThrown());
          return false;
        });
    SingleflightGroup<Object, Object> group =
        SingleflightGroup.newBuilder().listener(broken).build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    CompletableFuture<Object> left = group.executeAsync("k", loader);
    left.cancel(true);
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    CompletableFuture<Object> future = group.executeAsync("k", loader);
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
    assertThat(future.join()).isEqualTo("v");
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
    assertThat(logged)
        .hasSizeGreaterThan(5)
        .allMatch(t -> "from a listener".equals(t.getMessage()));
    logger.setFilter(null);
  }

  @Test
  void listenerThatHangsHoldsUpNoParkedCaller() {
    GatedLoader<Object> hanging = GatedLoader.returning("unused");
    FlightListener<Object> slow =
        new FlightListener<>() {
          @Override
          public void flightFinished(Object key, Duration loadTime, int followers) {
            try {
              assertThat(hanging.load(key)).isEqualTo("unused");
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        };
    SingleflightGroup<Object, Object> group = SingleflightGroup.newBuilder().listener(slow).build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
    assertThat(leader.isDone()).isFalse();
    hanging.open();
    assertThat(leader.get()).isEqualTo("v");
  }
}
