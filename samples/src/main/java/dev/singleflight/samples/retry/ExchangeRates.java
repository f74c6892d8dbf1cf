package dev.singleflight.samples.retry;

import dev.singleflight.SingleflightGroup;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Asks a bank for exchange rates, again if it is out of reach.
 *
 * <p>The retry is inside the loader: it is part of the one load that all callers share, so the bank
 * sees three attempts at most, however many callers there are.
 */
public final class ExchangeRates {
  private final SingleflightGroup<String, BigDecimal> rates = SingleflightGroup.create();
  private final Bank bank;
  private final Retry retry;

  public ExchangeRates(Bank bank) {
    this(bank, Retry.of("bank", outOfReach(Duration.ofMillis(100))));
  }

  ExchangeRates(Bank bank, Retry retry) {
    this.bank = bank;
    this.retry = retry;
  }

  public BigDecimal rate(String currency) {
    return rates.execute(currency, key -> retry.executeSupplier(() -> bank.rate(key)));
  }

  /** Tries three times, a while apart that doubles, more or less; a bank that says no means it. */
  static RetryConfig outOfReach(Duration firstWait) {
    return RetryConfig.custom()
        .maxAttempts(3)
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(firstWait, 2.0))
        .retryExceptions(UncheckedIOException.class)
        .build();
  }

  /** A remote service. */
  public interface Bank {

    /**
     * Returns how much of a currency one euro buys.
     *
     * @throws UncheckedIOException if the bank is out of reach
     * @throws IllegalArgumentException if there is no such currency
     */
    BigDecimal rate(String currency);
  }
}
