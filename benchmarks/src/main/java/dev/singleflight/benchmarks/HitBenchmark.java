package dev.singleflight.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A value that is there already: what the loader adds to the cache that it keeps it in. */
@State(Scope.Benchmark)
@CpuTime
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@ThreadCounts({1, 2})
public class HitBenchmark {

  /** A throughput of 0.95, as a time. */
  private static final double AT_MOST = 1 / 0.95;

  private static final int KEYS = 1_024;
  private static final int MAXIMUM_SIZE = 10 * KEYS;
  private static final Duration TTL = Duration.ofHours(1);

  @Param({"off", "on"})
  public String stats = "";

  @Param({"none", "after write"})
  public String expiry = "";

  private SingleflightLoader<Integer, String> loader = loader(false, false);
  private LoadingCache<Integer, String> cache = cache(false, false);

  /** Keys in an order of the thread's own. */
  @State(Scope.Thread)
  public static class Keys {
    private final Integer[] keys = new Integer[KEYS];
    private int next;

    @Setup
    public void create(ThreadParams thread) {
      for (int i = 0; i < KEYS; i++) {
        keys[i] = (i * 31 + thread.getThreadIndex() * 7) % KEYS;
      }
    }

    Integer next() {
      return keys[next++ & (KEYS - 1)];
    }
  }

  @Setup
  public void fill() {
    loader = loader(stats.equals("on"), expiry.equals("after write"));
    cache = cache(stats.equals("on"), expiry.equals("after write"));
    for (int key = 0; key < KEYS; key++) {
      String unused = loader.get(key);
      unused = cache.get(key);
    }
  }

  @Benchmark
  @BytesAtMost(0)
  public String singleflightLoader(Keys keys) {
    return loader.get(keys.next());
  }

  @Benchmark
  @Rival(of = "singleflightLoader", atMost = AT_MOST)
  public String caffeine(Keys keys) {
    return cache.get(keys.next());
  }

  private static SingleflightLoader<Integer, String> loader(boolean stats, boolean expires) {
    SingleflightLoader.Builder<Object, Object> builder =
        SingleflightLoader.newBuilder().maximumSize(MAXIMUM_SIZE).recordStats(stats);
    return expires
        ? builder.expireAfterWrite(TTL).build(HitBenchmark::load)
        : builder.build(HitBenchmark::load);
  }

  private static LoadingCache<Integer, String> cache(boolean stats, boolean expires) {
    Caffeine<Object, Object> builder = Caffeine.newBuilder().maximumSize(MAXIMUM_SIZE);
    if (stats) {
      builder.recordStats();
    }
    return expires
        ? builder.expireAfterWrite(TTL).build(HitBenchmark::load)
        : builder.build(HitBenchmark::load);
  }

  private static String load(Integer key) {
    return "value " + key;
  }
}
