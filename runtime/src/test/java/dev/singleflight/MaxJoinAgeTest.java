package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Read-your-writes: what had been read too long before a call is not for that call. */
@Timeout(60)
final class MaxJoinAgeTest {

  private final AtomicLong nanos = new AtomicLong();

  private SingleflightGroup<String, Object> group(Duration maxJoinAge) {
    return SingleflightGroup.newBuilder().nanoTime(nanos::get).maxJoinAge(maxJoinAge).build();
  }

  @Test
  void youngLoadIsJoinedAndAnOlderOneIsNot() {
    SingleflightGroup<String, Object> group = group(Duration.ofNanos(10));
    GatedLoader<Object> old = GatedLoader.returning("old");
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    nanos.set(9);
    Call<Object> follower = Call.start(() -> group.execute("k", old)).awaitWaiting();
    nanos.set(10);
    GatedLoader<Object> young = GatedLoader.returning("young");
    Call<Object> successor = Call.start(() -> group.execute("k", young));
    young.awaitBegun();
    Call<Object> followerOfSuccessor = Call.start(() -> group.execute("k", young)).awaitWaiting();

    // The old one ends first and must not end, or unmap, its successor.
    old.open();
    assertThat(leader.get()).isEqualTo("old");
    assertThat(follower.get()).isEqualTo("old");
    assertThat(group.inFlight()).isEqualTo(1);
    young.open();
    assertThat(successor.get()).isEqualTo("young");
    assertThat(followerOfSuccessor.get()).isEqualTo("young");
    assertThat(old.runs() + young.runs()).isEqualTo(2);
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void withZeroOnlyLoadsThatHaveNotBegunAreJoined() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    CompletableFuture<Boolean> submitted = new CompletableFuture<>();
    SingleflightGroup<String, Object> group =
        SingleflightGroup.newBuilder()
            .nanoTime(nanos::get)
            .maxJoinAge(Duration.ZERO)
            .executor(
                task -> {
                  tasks.add(task);
                  submitted.complete(true);
                })
            .build();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    assertThat(submitted.join()).isTrue();
    CompletableFuture<Object> follower = group.executeAsync("k", () -> "not run");
    Call<Object> run =
        Call.start(
            () -> {
              Objects.requireNonNull(tasks.poll()).run();
              return "run";
            });
    loader.awaitBegun();
    CompletableFuture<Object> next = group.executeAsync("k", () -> "next");
    loader.open();
    assertThat(run.get()).isEqualTo("run");
    assertThat(leader.join()).isEqualTo("v");
    assertThat(follower.join()).isEqualTo("v");
    Call.awaitTrue(() -> !tasks.isEmpty());
    Objects.requireNonNull(tasks.poll()).run();
    assertThat(next.join()).isEqualTo("next");
  }

  @Test
  void longestAgeIsNoLimit() {
    SingleflightGroup<String, Object> group = group(Duration.ofSeconds(Long.MAX_VALUE));
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    nanos.set(Long.MAX_VALUE);
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void negativeAgeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group(Duration.ofNanos(-1)))
        .withMessage("maxJoinAge must not be negative: PT-0.000000001S");
  }
}
