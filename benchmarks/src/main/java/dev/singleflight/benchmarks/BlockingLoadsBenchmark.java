package dev.singleflight.benchmarks;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Threads that want different keys, each load of which blocks: whether one load waits for another.
 * With {@code computeIfAbsent} it does where the keys' hash codes meet in one bin.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@ThreadCounts(4)
public class BlockingLoadsBenchmark {
  private static final long LOAD_NANOS = 200_000;

  private final SingleflightGroup<HashedKey, String> group = SingleflightGroup.create();
  private final ConcurrentHashMap<HashedKey, String> map = new ConcurrentHashMap<>();

  /** The loads of as many threads, which nothing joins together. */
  @Benchmark
  @Rival(of = "singleflightGroup", atLeast = 0.9)
  public String loadAlone(ThreadKey thread) {
    return load(thread.key);
  }

  @Benchmark
  public String singleflightGroup(ThreadKey thread) {
    return group.execute(thread.key, BlockingLoadsBenchmark::load);
  }

  @Benchmark
  @Rival(of = "singleflightGroup", atLeast = 0.9)
  public String computeIfAbsent(ThreadKey thread) {
    String value = map.computeIfAbsent(thread.key, BlockingLoadsBenchmark::load);
    map.remove(thread.key);
    return value;
  }

  private static String load(HashedKey key) {
    LockSupport.parkNanos(key, LOAD_NANOS);
    return "value";
  }
}
