package dev.singleflight.proofs.processes;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.shared.Codec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.redis.RedisTierEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of several processes that share a tier: does what it is told on its standard input, and
 * answers each line with one.
 */
final class Worker {

  static final Duration LEASE = Duration.ofSeconds(6);

  /** Long: four JVMs that begin at once may keep a small machine busy for a second. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  /**
   * For how long a value may be served that another process has invalidated, if a message is lost.
   */
  static final Duration FRESH_HERE = Duration.ofSeconds(2);

  private static final Codec<Long> VERSIONS =
      new Codec<>() {
        @Override
        public byte[] encode(Long value) {
          return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        }

        @Override
        public Long decode(byte[] payload) {
          return ByteBuffer.wrap(payload).getLong();
        }
      };

  private final SharedTier<String, Long> tier;
  private final SingleflightLoader<String, Long> loader;

  /** Keeps nothing here, and joins no load that has begun: each call sees what was before it. */
  private final SingleflightLoader<String, Long> strict;

  private final int databasePort;

  /** Connections to the database that nobody uses now. */
  private final Queue<Wire> idle = new ConcurrentLinkedQueue<>();

  private Worker(String redis, int databasePort) {
    this.databasePort = databasePort;
    this.tier =
        SharedTier.newBuilder("proof", RedisTierEngine.connect(redis), KeyCodec.strings(), VERSIONS)
            .expireAfterWrite(Duration.ofMinutes(10))
            .leaseTime(LEASE)
            .callTimeout(CALL_TIMEOUT)
            .build();
    this.loader =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(FRESH_HERE)
            .sharedTier(tier)
            .build(this::load);
    this.strict =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Duration.ZERO)
            .maxJoinAge(Duration.ZERO)
            .sharedTier(tier)
            .build(this::load);
  }

  String askDatabase(String question) throws IOException {
    Wire connection = idle.poll();
    if (connection == null) {
      connection = Wire.to(databasePort);
    }
    String answer = connection.ask(question);
    idle.add(connection);
    return answer;
  }

  private long load(String key) throws IOException {
    return Long.parseLong(askDatabase("load " + ProcessHandle.current().pid() + " " + key));
  }

  SharedTier<String, Long> tier() {
    return tier;
  }

  SingleflightLoader<String, Long> loader() {
    return loader;
  }

  SingleflightLoader<String, Long> strict() {
    return strict;
  }

  /** Arguments: the address of Redis, the port of the database. */
  public static void main(String[] args) throws Exception {
    Worker worker = new Worker(args[0], Integer.parseInt(args[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (!worker.tier.stats().inUse()) {
      // A busy machine may take longer to connect than a tier waits for that.
      TimeUnit.MILLISECONDS.sleep(10);
    }
    System.out.println("ready " + ProcessHandle.current().pid());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(worker.answer(line.split(" ")));
    }
    // Who told this process what to do has ended.
    Runtime.getRuntime().halt(0);
  }

  private String answer(String[] order) throws Exception {
    return switch (order[0]) {
      case "callers" -> callers(Integer.parseInt(order[1]), Integer.parseInt(order[2]), order[3]);
      case "stats" -> tier.stats().toString();
      case "inuse" -> Boolean.toString(tier.stats().inUse());
      case "load" -> new OutageLoad(this, Duration.ofMillis(Long.parseLong(order[1]))).run();
      case "race" -> new RaceLoad(this, Integer.parseInt(order[1])).run();
      default -> throw new IllegalArgumentException(order[0]);
    };
  }

  /** Lets many callers ask for keys at once: calls that were answered, and how long all took. */
  private String callers(int callers, int keys, String prefix) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    AtomicLong slowest = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int first = i;
      Thread thread =
          new Thread(
              null,
              () -> {
                await(go);
                for (int k = 0; k < keys; k++) {
                  String key = prefix + (first + k) % keys;
                  long start = System.nanoTime();
                  if (loader.get(key) >= 0) {
                    answered.incrementAndGet();
                  }
                  slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                }
              },
              "caller " + i,
              256 * 1024);
      thread.start();
      threads.add(thread);
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return answered + " " + slowest.get() / 1_000_000;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
