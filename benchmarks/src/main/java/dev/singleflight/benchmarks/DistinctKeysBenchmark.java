package dev.singleflight.benchmarks;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Threads that want different keys of one group: what they cost each other. A map this small is one
 * cache line, so both contestants vary from JVM to JVM by half; their median is what counts.
 */
@State(Scope.Benchmark)
@CpuTime
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@ThreadCounts({2, 4})
public class DistinctKeysBenchmark {
  private static final String VALUE = "value";

  private final ConcurrentHashMap<HashedKey, Object> floor = new ConcurrentHashMap<>();
  private final SingleflightGroup<HashedKey, String> group = SingleflightGroup.create();

  /** The floor: map one new object and unmap it. */
  @Benchmark
  @Rival(of = "singleflightGroup", atMost = 1.25)
  public String floor(ThreadKey thread) {
    Object flight = new Object();
    floor.putIfAbsent(thread.key, flight);
    floor.remove(thread.key, flight);
    return VALUE;
  }

  @Benchmark
  public String singleflightGroup(ThreadKey thread) {
    return group.execute(thread.key, key -> VALUE);
  }
}
