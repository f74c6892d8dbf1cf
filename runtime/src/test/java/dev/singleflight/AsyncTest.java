package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsyncTest {

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final GatedLoader<Object> loader = GatedLoader.returning("v");

  @Test
  void callersGetFuturesOfTheirOwnOfOneLoad() {
    List<CompletableFuture<Object>> futures = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      futures.add(group.executeAsync("k", loader));
    }
    assertThat(futures).doesNotHaveDuplicates().noneMatch(CompletableFuture::isDone);
    loader.open();
    assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo("v"));
    assertThat(loader.runs()).isEqualTo(1);
  }

  @Test
  void futureFollowsALeaderThatLoadsItself() {
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    CompletableFuture<Object> future = group.executeAsync("k", () -> "other");
    loader.open();
    assertThat(future.join()).isEqualTo("v");
    assertThat(leader.get()).isEqualTo("v");
  }

  @Test
  void loadsNeitherStarveNorUseTheCommonPool() {
    int many =
        4 * Runtime.getRuntime().availableProcessors() + ForkJoinPool.commonPool().getParallelism();
    List<GatedLoader<Object>> loaders = new ArrayList<>();
    List<CompletableFuture<Object>> futures = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      GatedLoader<Object> blocking = GatedLoader.returning(i);
      loaders.add(blocking);
      futures.add(group.executeAsync("k" + i, blocking));
    }
    loaders.forEach(GatedLoader::awaitBegun);
    assertThat(loaders)
        .allSatisfy(l -> assertThat(l.thread).isNotInstanceOf(ForkJoinWorkerThread.class))
        .allSatisfy(l -> assertThat(l.thread).matches(Thread::isDaemon));
    loaders.forEach(GatedLoader::open);
    for (int i = 0; i < many; i++) {
      assertThat(futures.get(i).join()).isEqualTo(i);
    }
  }

  @Test
  void blockedDependentsDelayNobodyWhenTheLoadIsDetached() throws Exception {
    dependentsBlock(group.executeAsync("k", loader), null);
  }

  @Test
  void blockedDependentsDelayNobodyWhenTheLeaderLoadsItself() throws Exception {
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    dependentsBlock(group.executeAsync("k", loader), leader);
  }

  private void dependentsBlock(CompletableFuture<Object> first, @Nullable Call<Object> leader)
      throws Exception {
    CountDownLatch unblock = new CountDownLatch(1);
    List<CompletableFuture<Object>> futures = new ArrayList<>(List.of(first));
    for (int i = 0; i < 10; i++) {
      futures.add(group.executeAsync("k", loader));
    }
    List<CompletableFuture<Void>> blocked = new ArrayList<>();
    for (CompletableFuture<Object> future : futures) {
      blocked.add(future.thenAccept(value -> awaitUninterruptibly(unblock)));
    }
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.open();

    assertThat(follower.get()).isEqualTo("v");
    if (leader != null) {
      assertThat(leader.get()).isEqualTo("v");
    }
    for (CompletableFuture<Object> future : futures) {
      // Not by get(), which may run the future's dependents on this thread once it is done.
      Call.awaitTrue(future::isDone);
      assertThat(future.getNow("none")).isEqualTo("v");
    }
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
    assertThat(blocked).noneMatch(CompletableFuture::isDone);
    unblock.countDown();
    for (CompletableFuture<Void> dependent : blocked) {
      assertThat(dependent.get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void dependentsThatThrowHurtNobody() {
    List<CompletableFuture<Object>> futures = new ArrayList<>();
    List<CompletableFuture<Object>> dependents = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Object> future = group.executeAsync("k", loader);
      futures.add(future);
      dependents.add(
          future.thenApply(
              value -> {
                throw new AssertionError("of the caller");
              }));
    }
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
    assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo("v"));
    assertThat(dependents)
        .allSatisfy(
            dependent -> assertThatThrownBy(dependent::join).hasRootCauseMessage("of the caller"));
  }

  @Test
  void dependentMayCallTheGroupWithTheSameKey() {
    CompletableFuture<Object> chained =
        group.executeAsync("k", loader).thenApply(value -> group.execute("k", () -> value + "2"));
    loader.open();
    assertThat(chained.join()).isEqualTo("v2");
  }

  @Test
  void futuresWaitLikeAnyOther() throws Exception {
    CompletableFuture<Object> future = group.executeAsync("k", loader);
    assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    AtomicReference<Object> joined = new AtomicReference<>();
    Call<Object> joining =
        Call.start(
            () -> {
              joined.set(future.join());
              return "joined";
            });
    Call.awaitTrue(() -> joining.thread.getState() == Thread.State.WAITING);
    loader.open();
    assertThat(joining.get()).isEqualTo("joined");
    assertThat(joined).hasValue("v");
    assertThat(future.get()).isEqualTo("v");
    assertThat(future.get(1, TimeUnit.SECONDS)).isEqualTo("v");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
