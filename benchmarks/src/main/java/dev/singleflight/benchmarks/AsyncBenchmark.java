package dev.singleflight.benchmarks;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A call that nobody shares, its future waited for: what {@code executeAsync} adds to a plain
 * {@code supplyAsync}, in time and allocation.
 *
 * <p>{@code supplyAsync} is measured with its own default, which on two cores differs from JDK to
 * JDK, and with a new thread a task, which is what a group without an executor uses. Before JDK 21
 * the profiler does not see what threads that have ended had allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AsyncBenchmark {
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private final ForkJoinPool pool = new ForkJoinPool(2);
  private final ThreadFactory threads = ThreadKind.ofDetachedLoads().factory();
  private final Executor threadPerTask = task -> threads.newThread(task).start();
  private final SingleflightGroup<String, String> group = SingleflightGroup.create();
  private final SingleflightGroup<String, String> groupWithExecutor =
      SingleflightGroup.newBuilder().executor(pool).build();

  @TearDown
  public void shutDown() {
    pool.shutdown();
  }

  @Benchmark
  public String executeAsync() {
    return group.executeAsync(KEY, key -> VALUE).join();
  }

  @Benchmark
  @Rival(of = "executeAsync")
  public String supplyAsync() {
    return CompletableFuture.supplyAsync(() -> VALUE).join();
  }

  @Benchmark
  @Rival(of = "executeAsync")
  public String supplyAsyncThreadPerTask() {
    return CompletableFuture.supplyAsync(() -> VALUE, threadPerTask).join();
  }

  @Benchmark
  public String executeAsyncWithExecutor() {
    return groupWithExecutor.executeAsync(KEY, key -> VALUE).join();
  }

  @Benchmark
  @Rival(of = "executeAsyncWithExecutor")
  public String supplyAsyncWithExecutor() {
    return CompletableFuture.supplyAsync(() -> VALUE, pool).join();
  }
}
