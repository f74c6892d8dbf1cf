package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoaderAsyncTest {

  private final GatedLoader<String> gated = GatedLoader.returning("v");
  private final SingleflightLoader<String, String> loader =
      SingleflightLoader.newBuilder().build(gated);

  @Test
  void futureOfAHitIsComplete() {
    gated.open();
    assertThat(loader.get("k")).isEqualTo("v");
    CompletableFuture<String> one = loader.getAsync("k");
    assertThat(one).isCompletedWithValue("v").isNotSameAs(loader.getAsync("k"));
    assertThat(gated.runs()).isEqualTo(1);
  }

  @Test
  void futuresShareOneDetachedLoad() throws Exception {
    CompletableFuture<String> one = loader.getAsync("k");
    CompletableFuture<String> two = loader.getAsync("k");
    assertThat(one).isNotSameAs(two).isNotDone();
    assertThat(gated.awaitBegun().thread).isNotSameAs(Thread.currentThread());
    gated.open();
    assertThat(one.get()).isEqualTo("v");
    assertThat(two.get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("v");
    assertThat(one.join()).isEqualTo("v");
    assertThat(gated.runs()).isEqualTo(1);
    assertThat(loader.getIfPresent("k")).contains("v");
  }

  @Test
  void cancelledFutureStopsItsCallerAlone() {
    CompletableFuture<String> cancelled = loader.getAsync("k");
    CompletableFuture<String> other = loader.getAsync("k");
    gated.awaitBegun();
    assertThat(cancelled.cancel(true)).isTrue();
    assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    assertThat(other).isNotDone();
    gated.open();
    assertThat(other.join()).isEqualTo("v");
  }

  @Test
  void futureEndedByItsOwnerLeavesTheFlight() {
    for (int way = 0; way < 3; way++) {
      GatedLoader<String> slow = GatedLoader.returning("v");
      SingleflightLoader<String, String> one =
          SingleflightLoader.newBuilder().interruptAbandoned().build(slow);
      CompletableFuture<String> future = one.getAsync("k");
      slow.awaitBegun();
      boolean ended =
          switch (way) {
            case 0 -> future.cancel(false);
            case 1 -> future.complete("mine");
            default -> future.completeExceptionally(new IOException());
          };
      assertThat(ended).isTrue();
      Call.awaitTrue(() -> one.stats().abandoned() == 1);
      Call.awaitTrue(() -> one.stats().failures() == 1);
    }
  }

  @Test
  void waitingThreadIsWokenWhenTheOwnerEndsTheFuture() {
    CompletableFuture<String> future = loader.getAsync("k");
    Call<String> joining = Call.start(future::join);
    Call<String> getting = Call.start(future::get);
    Call.awaitTrue(
        () ->
            joining.thread.getState() == Thread.State.WAITING
                && getting.thread.getState() == Thread.State.WAITING);
    assertThat(future.complete("mine")).isTrue();
    assertThat(joining.get()).isEqualTo("mine");
    assertThat(getting.get()).isEqualTo("mine");
    gated.open();
  }

  @Test
  void waitingWithATimeout() throws Exception {
    CompletableFuture<String> future = loader.getAsync("k");
    assertThatThrownBy(() -> future.get(5, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> future.get(0, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    gated.open();
    assertThat(future.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo("v");
  }

  @Test
  void interruptedWaitEndsAlone() {
    CompletableFuture<String> future = loader.getAsync("k");
    Call<String> getting = Call.start(future::get);
    Call.awaitTrue(() -> getting.thread.getState() == Thread.State.WAITING);
    getting.thread.interrupt();
    assertThat(getting.failure()).isInstanceOf(InterruptedException.class);
    gated.open();
    assertThat(future.join()).isEqualTo("v");
  }

  @Test
  void failureIsWrappedOnlyAsFuturesDo() {
    IOException thrown = new IOException();
    SingleflightLoader<String, String> failing =
        SingleflightLoader.newBuilder()
            .build(
                key -> {
                  throw thrown;
                });
    assertThatThrownBy(() -> failing.getAsync("k").get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(LoadException.class)
        .cause()
        .isSameAs(thrown);
  }

  @Test
  void waitingForOneselfIsRefused() {
    Later<SingleflightLoader<String, String>> self = new Later<>();
    self.set(
        SingleflightLoader.newBuilder()
            .build(
                key ->
                    switch (key) {
                      case "join" -> self.get().getAsync(key).join();
                      case "get" -> self.get().getAsync(key).get();
                      case "timed" ->
                          self.get().getAsync(key).get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS);
                      default -> self.get().refresh(key).join();
                    }));
    for (String key : new String[] {"join", "get", "timed", "refresh"}) {
      assertThatThrownBy(() -> self.get().get(key)).isInstanceOf(RecursiveLoadException.class);
      assertThatThrownBy(() -> self.get().getAsync(key).get())
          .cause()
          .isInstanceOf(RecursiveLoadException.class);
    }
  }

  @Test
  void dependentsRun() {
    CompletableFuture<Integer> dependent = loader.getAsync("k").thenApply(String::length);
    gated.open();
    assertThat(dependent.join()).isEqualTo(1);
  }

  @Test
  void rejectedLoadFailsTheFuture() {
    SingleflightLoader<String, String> rejecting =
        SingleflightLoader.newBuilder()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build(gated);
    assertThatThrownBy(() -> rejecting.getAsync("k").get()).cause().hasMessage("full");
    assertThatThrownBy(() -> rejecting.get("k")).hasMessage("full");
    assertThatThrownBy(() -> rejecting.getAll(List.of("k"))).hasMessage("full");
    assertThat(rejecting.inFlight()).isZero();
  }
}
