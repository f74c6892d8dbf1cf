package dev.singleflight.samples.service;

import dev.singleflight.samples.service.catalogue.Offer;
import dev.singleflight.samples.service.catalogue.Product;
import dev.singleflight.samples.service.catalogue.ProductStore;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a store is asked for, and lets a test do something after it has read. */
final class WatchedStore implements ProductStore {
  private final AtomicInteger finds = new AtomicInteger();
  private volatile ProductStore store = new Unset();
  private volatile Runnable beforeRead = () -> {};
  private volatile Runnable afterRead = () -> {};

  WatchedStore around(ProductStore watched) {
    store = watched;
    return this;
  }

  @Override
  public Product find(String tenant, String sku) {
    finds.incrementAndGet();
    beforeRead.run();
    Product product = store.find(tenant, sku);
    afterRead.run();
    return product;
  }

  @Override
  public void put(String tenant, String sku, Offer offer) {
    store.put(tenant, sku, offer);
  }

  int finds() {
    return finds.get();
  }

  /** What is to be done in each query from now on, when it has not read yet. */
  void beforeRead(Runnable action) {
    beforeRead = action;
  }

  /** What is to be done in each query from now on, when it has read what it will return. */
  void afterRead(Runnable action) {
    afterRead = action;
  }

  private static final class Unset implements ProductStore {
    @Override
    public Product find(String tenant, String sku) {
      throw new IllegalStateException("no service has been started");
    }

    @Override
    public void put(String tenant, String sku, Offer offer) {
      throw new IllegalStateException("no service has been started");
    }
  }
}
