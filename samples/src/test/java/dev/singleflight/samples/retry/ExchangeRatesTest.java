package dev.singleflight.samples.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.retry.Retry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The attempts are shared as the load is. */
@Timeout(60)
final class ExchangeRatesTest {
  private static final int CALLERS = 10;
  private static final BigDecimal RATE = new BigDecimal("0.93");

  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  @Test
  void allCallersShareTheAttempts() throws Exception {
    List<FutureTask<BigDecimal>> calls =
        call(
            rates(
                attempt -> {
                  if (attempt < 3) {
                    throw outOfReach();
                  }
                  return RATE;
                }));
    for (FutureTask<BigDecimal> call : calls) {
      assertThat(call.get()).isEqualTo(RATE);
    }
    assertThat(attempts).hasValue(3);
  }

  @Test
  void allCallersShareTheLastFailure() throws Exception {
    UncheckedIOException failure = outOfReach();
    for (FutureTask<BigDecimal> call :
        call(
            rates(
                attempt -> {
                  throw failure;
                }))) {
      assertThatThrownBy(call::get).cause().isSameAs(failure);
    }
    assertThat(attempts).hasValue(3);
  }

  @Test
  void refusalIsNotRetried() throws Exception {
    for (FutureTask<BigDecimal> call :
        call(
            rates(
                attempt -> {
                  throw new IllegalArgumentException("no such currency");
                }))) {
      assertThatThrownBy(call::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
    assertThat(attempts).hasValue(1);
  }

  @Test
  void programTellsWhatItSaw() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RetryProgram.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines().findFirst())
        .contains("100 callers were answered");
  }

  private ExchangeRates rates(Attempt bank) {
    Retry retry = Retry.of("test", ExchangeRates.outOfReach(Duration.ofMillis(10)));
    return new ExchangeRates(
        currency -> {
          int attempt = attempts.incrementAndGet();
          asked.countDown();
          await(answer);
          return bank.rate(attempt);
        },
        retry);
  }

  /** Starts the callers, and lets the bank answer when the others wait for the first. */
  private List<FutureTask<BigDecimal>> call(ExchangeRates rates) {
    List<FutureTask<BigDecimal>> calls = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      FutureTask<BigDecimal> call = new FutureTask<>(() -> rates.rate("CHF"));
      calls.add(call);
      Thread thread = new Thread(call, "caller");
      threads.add(thread);
      thread.start();
      await(asked);
    }
    for (Thread follower : threads.subList(1, CALLERS)) {
      while (LockSupport.getBlocker(follower) == null) {
        assertThat(follower.isAlive()).isTrue();
        LockSupport.parkNanos(50_000);
      }
    }
    answer.countDown();
    return calls;
  }

  private static UncheckedIOException outOfReach() {
    return new UncheckedIOException(new IOException("out of reach"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private interface Attempt {
    BigDecimal rate(int attempt);
  }
}
