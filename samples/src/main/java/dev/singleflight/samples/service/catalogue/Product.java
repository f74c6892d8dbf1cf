package dev.singleflight.samples.service.catalogue;

/**
 * A product as one tenant sells it. All prices are in cents.
 *
 * @param sku the tenant's own number of it; another tenant's may be the same
 * @param name what it is called
 * @param priceCents what it costs now
 * @param lowestCents the least it has cost in the last thirty days
 * @param typicalCents the median of the prices it has had in the last thirty days
 */
public record Product(
    String sku, String name, long priceCents, long lowestCents, long typicalCents) {}
