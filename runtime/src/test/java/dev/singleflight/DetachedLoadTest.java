package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** No caller's interrupt, timeout or thread-locals reach a detached load. */
@SuppressWarnings(
    "SingleflightCapturedRequest") // which thread-locals a load sees is what is tested here
@Timeout(60)
final class DetachedLoadTest {

  private static final ThreadLocal<@Nullable String> LOCAL = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable String> INHERITABLE = new InheritableThreadLocal<>();

  /** What a loader sees of its caller. */
  private record Seen(
      Thread thread, @Nullable String local, @Nullable String inheritable, boolean interrupted) {
    static Seen here() {
      Thread thread = Thread.currentThread();
      return new Seen(thread, LOCAL.get(), INHERITABLE.get(), thread.isInterrupted());
    }
  }

  private static void assertDetached(ThrowingSupplier<Seen, Exception> call) {
    Call<Seen> caller =
        Call.start(
            () -> {
              LOCAL.set("caller's");
              INHERITABLE.set("caller's");
              return call.get();
            });
    Seen seen = caller.get();
    assertThat(seen.thread()).isNotSameAs(caller.thread);
    assertThat(seen.local()).isNull();
    assertThat(seen.inheritable()).isNull();
    assertThat(seen.interrupted()).isFalse();
  }

  private static void assertDetached(Executor executor) {
    SingleflightGroup<Object, Seen> group =
        SingleflightGroup.newBuilder().executor(executor).build();
    assertDetached(() -> group.execute("k", Seen::here));
    assertDetached(() -> group.execute("k", Seen::here, Duration.ofDays(1)));
    assertDetached(() -> group.executeShared("k", Seen::here).value());
    assertDetached(() -> group.executeAsync("k", Seen::here).get());
  }

  @Test
  void withExecutorWhoseThreadsAreCreatedOnDemand() {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      assertDetached(pool);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void withExecutorThatRunsInPlace() {
    assertDetached(Runnable::run);
  }

  /** What one load leaves behind the next must not find, even where a thread hands over both. */
  @Test
  void withExecutorThatRunsInPlaceNoLoadFindsWhatAnotherLeft() {
    SingleflightGroup<Object, Seen> group =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    for (int i = 0; i < 20; i++) {
      Seen seen =
          group.execute(
              "k",
              () -> {
                Seen before = Seen.here();
                LOCAL.set("left behind");
                return before;
              });
      assertThat(seen.local()).isNull();
    }
  }

  @Test
  void withoutExecutorWhereTheLoadMayOutliveItsCaller() {
    SingleflightGroup<Object, Seen> group = SingleflightGroup.create();
    assertDetached(() -> group.execute("k", Seen::here, Duration.ofDays(1)));
    assertDetached(() -> group.executeAsync("k", Seen::here).get());
  }

  @Test
  void callWithoutTimeoutOrExecutorLoadsOnItsOwnThread() {
    SingleflightGroup<Object, Seen> group = SingleflightGroup.create();
    assertThat(group.execute("k", Seen::here).thread()).isSameAs(Thread.currentThread());
    assertThat(group.executeShared("k", Seen::here).value().thread())
        .isSameAs(Thread.currentThread());
  }

  @Test
  void interruptOfTheLeaderDoesNotReachTheLoad() {
    SingleflightGroup<Object, Object> group =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    GatedLoader<Object> loader = GatedLoader.doing(key -> Seen.here().interrupted());
    Call<Object> leader = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.awaitBegun();
    leader.thread.interrupt();
    assertThat(leader.failure()).isNotNull();
    loader.open();
    assertThat(follower.get()).isEqualTo(false);
  }

  @Test
  void allLoadsRunOnTheExecutor() throws Exception {
    LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    SingleflightGroup<Object, Object> group =
        SingleflightGroup.newBuilder().executor(tasks::add).build();
    List<Call<Object>> calls = new ArrayList<>();
    calls.add(Call.start(() -> group.execute(1, () -> Thread.currentThread())));
    calls.add(Call.start(() -> group.execute(2, () -> Thread.currentThread(), Duration.ofDays(1))));
    calls.add(Call.start(() -> group.executeShared(3, () -> Thread.currentThread()).value()));
    calls.add(Call.start(() -> group.executeAsync(4, () -> Thread.currentThread()).get()));
    for (int i = 0; i < calls.size(); i++) {
      Runnable task = tasks.poll(Call.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(task).isNotNull();
      assertThat(calls).anyMatch(call -> !call.isDone());
      task.run();
    }
    assertThat(calls).allSatisfy(call -> assertThat(call.get()).isSameAs(Thread.currentThread()));
    assertThat(tasks).isEmpty();
  }

  @Test
  void executorThatBlocksDoesNotHoldACallerBeyondItsTimeout() {
    GatedLoader<Object> gate = GatedLoader.returning("room");
    SingleflightGroup<Object, Object> group =
        SingleflightGroup.newBuilder()
            .executor(
                task -> {
                  try {
                    assertThat(gate.load("k")).isEqualTo("room");
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                  task.run();
                })
            .build();
    Call<Object> call = Call.start(() -> group.execute("k", () -> "v", Duration.ofMillis(10)));
    assertThat(call.failure()).isInstanceOf(TimeoutException.class);
    gate.open();
    Call.awaitTrue(() -> group.inFlight() == 0);
  }

  @Test
  void contextClassLoaderIsThatOfTheBuilderNotOfACaller() throws Exception {
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(application);
      SingleflightGroup<Object, Object> group;
      try {
        group = SingleflightGroup.create();
      } finally {
        thread.setContextClassLoader(before);
      }
      assertThat(
              group
                  .executeAsync("k", () -> Thread.currentThread().getContextClassLoader())
                  .get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isSameAs(application);
    }
  }

  @Test
  void threadThatAnExecutorCreatesHasTheBuildersContextClassLoader() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ExecutorService pool = Executors.newCachedThreadPool();
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(application);
      SingleflightGroup<Object, Object> group =
          SingleflightGroup.newBuilder().executor(pool).build();
      thread.setContextClassLoader(before);
      assertThat(group.execute("k", () -> Thread.currentThread().getContextClassLoader()))
          .isSameAs(application);
    } finally {
      thread.setContextClassLoader(before);
      pool.shutdown();
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "virtual threads from JDK 21 on")
  void daemonThreadsWhereThereAreNoVirtualOnes() {
    SingleflightGroup<Object, Thread> group = SingleflightGroup.newBuilder().name("users").build();
    Thread thread = group.executeAsync("k", () -> Thread.currentThread()).join();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("singleflight-users");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads before JDK 21")
  void virtualThreadsWhereThereAreSome() throws Exception {
    SingleflightGroup<Object, Thread> group = SingleflightGroup.newBuilder().name("users").build();
    Thread thread = group.executeAsync("k", () -> Thread.currentThread()).join();
    assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
    assertThat(thread.getName()).isEqualTo("singleflight-users");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads before JDK 21")
  void waitingVirtualThreadsDoNotPinTheirCarriers() throws Exception {
    SingleflightGroup<Object, Object> group = SingleflightGroup.create();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      // Many more than there are carriers: if one stayed on its carrier, not all could wait at
      // once.
      AtomicInteger waiting = new AtomicInteger();
      List<Future<Object>> followers = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        followers.add(
            virtual.submit(
                () -> {
                  waiting.incrementAndGet();
                  return group.execute("k", loader);
                }));
      }
      Call.awaitTrue(() -> waiting.get() == 2000);
      assertThat(virtual.submit(() -> "runs").get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo("runs");
      loader.open();
      for (var follower : followers) {
        assertThat(follower.get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("v");
      }
      assertThat(leader.get()).isEqualTo("v");
      assertThat(loader.runs()).isEqualTo(1);
    } finally {
      virtual.shutdown();
    }
  }
}
