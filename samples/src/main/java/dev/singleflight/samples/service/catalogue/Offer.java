package dev.singleflight.samples.service.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants to sell a product as from now on.
 *
 * @param name what it is called; 1 to 200 characters
 * @param priceCents what it costs, in cents; not negative
 */
public record Offer(String name, long priceCents) {
  private static final int LONGEST_NAME = 200;

  /**
   * Checks what it is made of, since it comes from outside.
   *
   * @throws IllegalArgumentException if a part is not as it has to be, with a message for who sent
   *     it
   */
  public Offer(@Nullable String name, long priceCents) {
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("name has to have 1 to " + LONGEST_NAME + " characters");
    }
    if (priceCents < 0) {
      throw new IllegalArgumentException("priceCents must not be negative");
    }
    this.name = name;
    this.priceCents = priceCents;
  }
}
