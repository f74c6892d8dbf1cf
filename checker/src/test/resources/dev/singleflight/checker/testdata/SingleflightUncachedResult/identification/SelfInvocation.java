package test;

import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/** A proxy does what the annotation says; calls from inside do not come through it. */
class PriceList {
  private final PriceList self = this;

  @Cacheable("prices")
  public long price(String article) {
    return article.length();
  }

  long total(List<String> articles) {
    // BUG: Diagnostic contains: goes past the cache
    return articles.stream().mapToLong(this::price).sum();
  }

  long twice(String article) {
    // BUG: Diagnostic contains: goes past the cache
    return 2 * price(article);
  }

  long withTax(String article) {
    // BUG: Diagnostic contains: goes past the cache
    return this.price(article) * 119 / 100;
  }

  Runnable later(String article) {
    // BUG: Diagnostic contains: goes past the cache
    return () -> System.out.println(price(article));
  }

  long throughProxy(String article) {
    return self.price(article);
  }

  long refreshPrice(String article) {
    return price(article);
  }

  @CacheEvict("prices")
  public long reprice(String article) {
    return price(article);
  }

  @Cacheable("doubled")
  public long doubled(String article) {
    return 2 * price(article);
  }
}

class Discounts extends PriceList {
  @Override
  public long price(String article) {
    return super.price(article) - 1;
  }

  long reduced(PriceList prices, String article) {
    return prices.price(article);
  }
}

class Invoice extends PriceList {
  long sum(String article) {
    // BUG: Diagnostic contains: goes past the cache
    return price(article);
  }
}

class Catalogue {
  /** Another annotation of the same name, such as that of JPA, needs no proxy. */
  @interface Cacheable {}

  @Cacheable
  long size() {
    return 1;
  }

  long doubleSize() {
    return 2 * size();
  }
}
