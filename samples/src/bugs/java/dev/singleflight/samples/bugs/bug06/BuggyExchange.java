package dev.singleflight.samples.bugs.bug06;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rates at which money is exchanged.
 *
 * <p>What came of the load is kept, whatever it was. The bank's line is down for a second, and from
 * then on nobody can change that currency any more: the failure is what the counter remembers.
 */
public final class BuggyExchange {
  private final SingleflightGroup<String, Double> loads = SingleflightGroup.create();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Bank bank;

  public BuggyExchange(Bank bank) {
    this.bank = bank;
  }

  public double rate(String currency) throws IOException {
    Entry known = entries.get(currency);
    if (known == null) {
      known = load(currency);
      // flagged: SingleflightStickyFailure
      entries.put(currency, known);
    }
    if (known.failure() != null) {
      throw known.failure();
    }
    return known.rate();
  }

  private Entry load(String currency) {
    try {
      return new Entry(loads.execute(currency, bank::quote), null);
    } catch (IOException e) {
      return new Entry(Double.NaN, e);
    }
  }

  private record Entry(double rate, @Nullable IOException failure) {}

  /** A remote service. */
  public interface Bank {
    Double quote(String currency) throws IOException;
  }
}
