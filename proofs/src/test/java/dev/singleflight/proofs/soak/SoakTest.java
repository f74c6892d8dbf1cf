package dev.singleflight.proofs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SoakTest {

  /** How long each soak lasts. */
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("proofs.soak.seconds", "4"));

  private static final int KEYS = 4;

  private final Account account = new Account();
  private final FaultyLoads loads = new FaultyLoads(account, KEYS);

  @Test
  void plainGroup() throws Exception {
    soak("a plain group", SingleflightGroup.<Integer, Load>create(), Integer.MAX_VALUE);
    assertThat(account.count(Account.End.ERROR)).isPositive();
    assertThat(account.count(Account.End.INTERRUPT)).isPositive();
    assertThat(account.count(Account.End.TIMEOUT)).isPositive();
  }

  /** An executor that is too small, so that it rejects, and loads that are left are interrupted. */
  @Test
  void groupWithAnExecutorThatInterruptsAbandonedLoads() throws Exception {
    ExecutorService pool =
        new ThreadPoolExecutor(3, 3, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(2));
    try {
      SingleflightGroup<Integer, Load> group =
          SingleflightGroup.newBuilder()
              .executor(
                  task ->
                      pool.execute(
                          () -> {
                            task.run();
                            account.check(!Thread.interrupted(), "an interrupt outlasted its load");
                          }))
              .interruptAbandoned()
              .recordStats()
              .build();
      soak("a group with an executor", group, 3);
      assertThat(account.count(Account.End.REJECTED)).isPositive();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void limitedGroupThatInterruptsAbandonedLoads() throws Exception {
    SingleflightGroup<Integer, Load> group =
        SingleflightGroup.newBuilder()
            .maxInFlight(2)
            .maxJoinAge(Duration.ofNanos(50_000))
            .interruptAbandoned()
            .build();
    soak("a limited group", group, 2);
  }

  private void soak(String name, SingleflightGroup<Integer, Load> group, int maxLoads)
      throws InterruptedException {
    new Soak(new GroupSubject(group, loads, maxLoads), account, KEYS).run(name, SECONDS);
  }
}
