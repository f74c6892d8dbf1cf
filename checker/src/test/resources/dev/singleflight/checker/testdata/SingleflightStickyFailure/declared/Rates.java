package test;

import com.alicp.jetcache.anno.Cached;
import java.io.IOException;
import java.util.List;
import org.springframework.cache.annotation.Cacheable;

class Rates {
  interface Bank {
    List<String> rates(String currency) throws IOException;
  }

  private final Bank bank;

  Rates(Bank bank) {
    this.bank = bank;
  }

  @Cacheable("rates")
  public List<String> rates(String currency) {
    try {
      return bank.rates(currency);
    } catch (IOException e) {
      // BUG: Diagnostic contains: cached as if it had been loaded
      return List.of();
    }
  }

  @Cacheable("nulls")
  public List<String> nulls(String currency) {
    try {
      return bank.rates(currency);
    } catch (IOException e) {
      // BUG: Diagnostic contains: returns 'null'
      return null;
    }
  }

  @Cacheable(value = "unless", unless = "#result.isEmpty()")
  public List<String> unless(String currency) {
    try {
      return bank.rates(currency);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** JetCache keeps no null unless told to. */
  @Cached(name = "noNull")
  public List<String> noNull(String currency) {
    try {
      return bank.rates(currency);
    } catch (IOException e) {
      return null;
    }
  }

  @Cacheable("thrown")
  public List<String> thrown(String currency) {
    try {
      return bank.rates(currency);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<String> outside(String currency) {
    try {
      return thrown(currency);
    } catch (IllegalStateException e) {
      return List.of();
    }
  }
}
