package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoaderTest {

  private final CountingLoader counting = new CountingLoader();
  private final SingleflightLoader<String, String> loader =
      SingleflightLoader.newBuilder().build(counting);
  private final GatedLoader<String> gated = GatedLoader.returning("v");
  private final SingleflightLoader<String, String> slow =
      SingleflightLoader.newBuilder().build(gated);

  @Test
  void loadsOnceAndThenHits() {
    assertThat(loader.get("k")).isEqualTo("k#1").isSameAs(loader.get("k"));
    assertThat(loader.get("other")).isEqualTo("other#2");
    assertThat(counting.runs()).isEqualTo(2);
    assertThat(loader.estimatedSize()).isEqualTo(2);
  }

  @Test
  void callersThatMissTogetherShareOneLoad() {
    List<Call<String>> calls = new ArrayList<>();
    calls.add(Call.start(() -> slow.get("k")));
    gated.awaitBegun();
    for (int i = 0; i < 5; i++) {
      calls.add(Call.start(() -> slow.get("k")).awaitWaiting());
    }
    assertThat(slow.inFlight()).isEqualTo(1);
    gated.open();
    assertThat(calls).allSatisfy(call -> assertThat(call.get()).isEqualTo("v"));
    assertThat(gated.runs()).isEqualTo(1);
    assertThat(slow.inFlight()).isZero();
  }

  @Test
  void keyThatLoadsHoldsUpNoOther() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder().build(key -> key.equals("slow") ? gated.load(key) : "fast");
    Call<String> call = Call.start(() -> one.get("slow"));
    gated.awaitBegun();
    assertThat(one.get("quick")).isEqualTo("fast");
    gated.open();
    assertThat(call.get()).isEqualTo("v");
  }

  @Test
  void checkedExceptionIsTheCauseOfOneLoadExceptionForAll() {
    IOException thrown = new IOException("broken");
    GatedLoader<String> failing =
        GatedLoader.doing(
            key -> {
              throw thrown;
            });
    SingleflightLoader<String, String> one = SingleflightLoader.newBuilder().build(failing);
    Call<String> leader = Call.start(() -> one.get("k"));
    failing.awaitBegun();
    Call<String> follower = Call.start(() -> one.get("k")).awaitWaiting();
    CompletableFuture<String> future = one.getAsync("k");
    failing.open();
    Throwable failure = leader.failure();
    assertThat(failure).isInstanceOf(LoadException.class).cause().isSameAs(thrown);
    assertThat(follower.failure()).isSameAs(failure);
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(failure);
    assertThat(one.estimatedSize()).isZero();
  }

  @Test
  void uncheckedExceptionsAndErrorsPassAsTheyAreAndAreNotCached() {
    for (Throwable thrown :
        List.of(new IllegalStateException("unchecked"), new StackOverflowError())) {
      counting.failWith(thrown);
      assertThatThrownBy(() -> loader.get("k")).isSameAs(thrown);
    }
    assertThat(counting.failWith(null)).isNotNull();
    assertThat(loader.get("k")).isEqualTo("k#3");
  }

  @Test
  void throwableThatIsNeitherExceptionNorErrorIsWrapped() {
    Throwable thrown = new Throwable("odd");
    counting.failWith(thrown);
    assertThatThrownBy(() -> loader.get("k"))
        .isInstanceOf(LoadException.class)
        .cause()
        .isSameAs(thrown);
  }

  @Test
  void interruptedLoaderLeavesItsThreadInterrupted() {
    counting.failWith(new InterruptedException());
    Call<Boolean> call =
        Call.start(
            () -> {
              assertThatThrownBy(() -> loader.get("k"))
                  .isInstanceOf(LoadException.class)
                  .hasCauseInstanceOf(InterruptedException.class);
              return Thread.currentThread().isInterrupted();
            });
    assertThat(call.get()).isTrue();
  }

  @Test
  void otherFailuresLeaveTheThreadAlone() {
    counting.failWith(new IOException());
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nullIsReturnedAndNotCached() {
    SingleflightLoader<String, @Nullable String> one =
        SingleflightLoader.newBuilder().build(counting.returningNull());
    assertThat(one.get("k")).isNull();
    assertThat(one.get("k")).isNull();
    assertThat(counting.runs()).isEqualTo(2);
    assertThat(one.estimatedSize()).isZero();
  }

  @Test
  void timeoutLeavesTheLoadWhichIsCached() throws Exception {
    assertThatThrownBy(() -> slow.get("k", Duration.ofMillis(5)))
        .isInstanceOf(TimeoutException.class);
    assertThat(gated.awaitBegun().thread).isNotSameAs(Thread.currentThread());
    gated.open();
    assertThat(slow.get("k", Duration.ofSeconds(Call.PATIENCE_SECONDS))).isEqualTo("v");
    assertThat(slow.get("k", Duration.ZERO)).as("a hit waits for nothing").isEqualTo("v");
    assertThat(gated.runs()).isEqualTo(1);
  }

  @Test
  void interruptedFollowerGivesUpAlone() {
    Call<String> leader = Call.start(() -> slow.get("k"));
    gated.awaitBegun();
    Call<String> follower = Call.start(() -> slow.get("k")).awaitWaiting();
    follower.thread.interrupt();
    assertThat(follower.failure()).isInstanceOf(CancellationException.class);
    gated.open();
    assertThat(leader.get()).isEqualTo("v");
  }

  @Test
  void loaderThatCallsItselfWithItsKeyIsRefused() {
    Later<SingleflightLoader<String, String>> self = new Later<>();
    self.set(SingleflightLoader.newBuilder().build(key -> self.get().get(key)));
    assertThatThrownBy(() -> self.get().get("k")).isInstanceOf(RecursiveLoadException.class);
    assertThat(self.get().stats().recursionsRefused()).isEqualTo(1);
  }

  @Test
  void loaderMayUseItselfWithOtherKeys() {
    Later<SingleflightLoader<Integer, Integer>> fibonacci = new Later<>();
    fibonacci.set(
        SingleflightLoader.newBuilder()
            .build(n -> n < 2 ? n : fibonacci.get().get(n - 1) + fibonacci.get().get(n - 2)));
    assertThat(fibonacci.get().get(40)).isEqualTo(102_334_155);
    assertThat(fibonacci.get().stats().loads()).isEqualTo(41);
  }

  @Test
  void getIfPresentNeverLoads() {
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(counting.runs()).isZero();
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.getIfPresent("k")).contains("k#1");
  }

  @Test
  void nullKeysAreRefused() {
    assertNoKey(() -> loader.get(nullKey()));
    assertNoKey(() -> loader.get(nullKey(), Duration.ZERO));
    assertNoKey(() -> loader.getAsync(nullKey()));
    assertNoKey(() -> loader.getIfPresent(nullKey()));
    assertNoKey(() -> loader.refresh(nullKey()));
    assertNoKey(() -> loader.invalidate(nullKey()));
    List<String> keys = new ArrayList<>();
    keys.add("k");
    keys.add(nullKey());
    assertNoKey(() -> loader.getAll(keys));
    assertThat(counting.runs()).isZero();
  }

  @SuppressWarnings("NullAway") // passed on purpose
  private static String nullKey() {
    return null;
  }

  private static void assertNoKey(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("key must not be null");
  }

  @Test
  void toStringTellsNameAndSizes() {
    SingleflightLoader<String, String> named =
        SingleflightLoader.newBuilder().name("users").build(counting);
    assertThat(named.get("k")).isNotNull();
    assertThat(named).hasToString("SingleflightLoader{name=users, estimatedSize=1, inFlight=0}");
    assertThat(loader).hasToString("SingleflightLoader{estimatedSize=0, inFlight=0}");
  }
}
