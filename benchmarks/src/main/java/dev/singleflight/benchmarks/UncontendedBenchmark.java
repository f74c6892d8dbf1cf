package dev.singleflight.benchmarks;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.singleflight.FlightListener;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One caller, a key that nobody else wants, a load that costs nothing: what coalescing itself
 * costs. The floor is what any such group must do, to map an object and to unmap it.
 */
@State(Scope.Benchmark)
@CpuTime
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UncontendedBenchmark {
  private static final String KEY = "key";
  private static final String VALUE = "value";

  /** Whether another group of the JVM has a listener: the code is the same, and so its profile. */
  @Param({"none", "observed"})
  public String otherGroup = "";

  private final ConcurrentHashMap<String, Object> floor = new ConcurrentHashMap<>();
  private final SingleflightGroup<String, String> group = SingleflightGroup.create();
  private final ConcurrentHashMap<String, FutureTask<String>> tasks = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, CompletableFuture<String>> futures =
      new ConcurrentHashMap<>();
  private final AsyncCache<String, String> cache = Caffeine.newBuilder().buildAsync();

  @Setup
  public void callOtherGroup() {
    if (otherGroup.equals("observed")) {
      SingleflightGroup<String, String> other =
          SingleflightGroup.newBuilder().listener(new FlightListener<>() {}).build();
      for (int call = 0; call < 20_000; call++) {
        String unused = other.execute(KEY, key -> VALUE);
      }
    }
  }

  /** The floor: map one new object and unmap it. */
  @Benchmark
  @Rival(of = "singleflightGroup", atMost = 1.25)
  public String floor() {
    Object flight = new Object();
    floor.putIfAbsent(KEY, flight);
    floor.remove(KEY, flight);
    return VALUE;
  }

  @Benchmark
  @BytesAtMost(64)
  public String singleflightGroup() {
    return group.execute(KEY, key -> VALUE);
  }

  /** The memoizer of "Java Concurrency in Practice", forgetting at the end. */
  @Benchmark
  @Rival(of = "singleflightGroup", atMost = 1)
  public String futureTask() throws ExecutionException, InterruptedException {
    FutureTask<String> task = new FutureTask<>(() -> VALUE);
    FutureTask<String> other = tasks.putIfAbsent(KEY, task);
    if (other != null) {
      return other.get();
    }
    try {
      task.run();
      return task.get();
    } finally {
      tasks.remove(KEY, task);
    }
  }

  @Benchmark
  @Rival(of = "singleflightGroup", atMost = 1)
  public String completableFuture() {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> other = futures.putIfAbsent(KEY, future);
    if (other != null) {
      return other.join();
    }
    futures.remove(KEY, future);
    boolean unused = future.complete(VALUE);
    return future.join();
  }

  @Benchmark
  @Rival(of = "singleflightGroup", atMost = 1)
  public String caffeineAsyncCache() {
    CompletableFuture<String> future =
        cache.get(KEY, (key, executor) -> CompletableFuture.completedFuture(VALUE));
    String value = future.join();
    cache.synchronous().invalidate(KEY);
    return value;
  }
}
