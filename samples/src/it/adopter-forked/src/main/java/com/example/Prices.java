package com.example;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.math.BigDecimal;

/** Asks the wholesaler for the price of an article, once for all who want to know. */
public final class Prices {
  private final SingleflightGroup<String, BigDecimal> queries = SingleflightGroup.create();
  private final Wholesaler wholesaler;

  public Prices(Wholesaler wholesaler) {
    this.wholesaler = wholesaler;
  }

  public synchronized BigDecimal of(String article) throws IOException {
    return queries.execute(article, wholesaler::price);
  }
}
