package dev.singleflight.proofs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoaderSoakTest {

  /** How long both soaks last together. */
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("proofs.soak.seconds", "4"));

  private static final int KEYS = 4;
  private static final int MAXIMUM_SIZE = 16;

  private final Account account = new Account();
  private final FaultyLoads loads = new FaultyLoads(account, KEYS);

  /** Values are cached as they are, for as long as nobody invalidates or evicts them. */
  @Test
  void plainLoader() throws Exception {
    soak(
        "a plain loader",
        SingleflightLoader.newBuilder().maximumSize(MAXIMUM_SIZE).build(loads),
        Integer.MAX_VALUE);
    assertThat(account.count(Account.End.ERROR)).isPositive();
    assertThat(account.count(Account.End.INTERRUPT)).isPositive();
    assertThat(account.count(Account.End.TIMEOUT)).isPositive();
  }

  /** All that decides what is cached and when it is loaded anew, on an executor that rejects. */
  @Test
  void loaderWithLifetimesAndRefreshes() throws Exception {
    ExecutorService pool =
        new ThreadPoolExecutor(3, 3, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(2));
    try {
      SingleflightLoader<Integer, Load> loader =
          SingleflightLoader.newBuilder()
              .executor(pool)
              .interruptAbandoned()
              .maxJoinAge(Duration.ofNanos(100_000))
              .maximumSize(MAXIMUM_SIZE)
              .expireAfterWrite(Duration.ofMillis(2))
              .jitter(0.5)
              .refreshAfterWrite(Duration.ofNanos(300_000))
              .refreshEarly(1)
              .staleIfError(Duration.ofMillis(1))
              .cacheFailures(
                  failure ->
                      failure instanceof Failed failed
                          && failed.load.begun() % 2 == 0
                          && !failed.abandoned,
                  Duration.ofNanos(500_000))
              .<Integer, Load>bulkLoader(loads::loadAll)
              .build(loads);
      soak("a loader with lifetimes", loader, 3);
      assertThat(account.count(Account.End.REJECTED)).isPositive();
      assertThat(loader.stats().hits()).isPositive();
      assertThat(loader.estimatedSize()).isLessThanOrEqualTo(MAXIMUM_SIZE);
    } finally {
      pool.shutdownNow();
    }
  }

  private void soak(String name, SingleflightLoader<Integer, Load> loader, int maxLoads)
      throws InterruptedException {
    new Soak(new LoaderSubject(loader, loads, account, KEYS, maxLoads), account, KEYS)
        .run(name, SECONDS / 2);
  }
}
