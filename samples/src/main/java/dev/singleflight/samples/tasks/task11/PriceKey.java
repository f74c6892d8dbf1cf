package dev.singleflight.samples.tasks.task11;

/** What a price tag is for: a product, in a currency. */
record PriceKey(long product, String currency) {}
