package com.example;

import java.io.IOException;
import java.math.BigDecimal;

/** A remote service. */
public interface Wholesaler {
  BigDecimal price(String article) throws IOException;
}
