package dev.singleflight.samples.bugs.bug06;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rates at which money is exchanged.
 *
 * <p>Only a rate is kept. A failure reaches those who wait for it, and the next customer asks the
 * bank again.
 */
public final class FixedExchange {
  private final SingleflightGroup<String, Double> loads = SingleflightGroup.create();
  private final Map<String, Double> rates = new ConcurrentHashMap<>();
  private final Bank bank;

  public FixedExchange(Bank bank) {
    this.bank = bank;
  }

  public double rate(String currency) throws IOException {
    Double known = rates.get(currency);
    if (known != null) {
      return known;
    }
    double rate = loads.execute(currency, bank::quote);
    rates.put(currency, rate);
    return rate;
  }

  /** A remote service. */
  public interface Bank {
    Double quote(String currency) throws IOException;
  }
}
