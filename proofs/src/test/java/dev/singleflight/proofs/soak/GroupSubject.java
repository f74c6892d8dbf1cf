package dev.singleflight.proofs.soak;

import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A group, with any options. */
final class GroupSubject implements Subject {

  private final SingleflightGroup<Integer, Load> group;
  private final FaultyLoads loads;
  private final int maxLoads;

  GroupSubject(SingleflightGroup<Integer, Load> group, FaultyLoads loads, int maxLoads) {
    this.group = group;
    this.loads = loads;
    this.maxLoads = maxLoads;
    loads.loadFor(this);
  }

  @Override
  public Load call(int key, int way) throws Failed {
    return way % 4 == 0 ? group.executeShared(key, loads).value() : group.execute(key, loads);
  }

  @Override
  public Load call(int key, Duration timeout) throws Failed, TimeoutException {
    return group.execute(key, loads, timeout);
  }

  @Override
  public CompletableFuture<Load> callAsync(int key) {
    return group.executeAsync(key, loads);
  }

  @Override
  public void outdate(int key) {
    group.forget(key);
  }

  @Override
  public boolean outdateAll() {
    return false;
  }

  @Override
  public void disturb(int key, int way) {
    group.forgetUnshared(key);
  }

  @Override
  public boolean caches() {
    return false;
  }

  @Override
  public @Nullable Load cached(int key) {
    return null;
  }

  @Override
  public int maxLoads() {
    return maxLoads;
  }

  @Override
  public int inFlight() {
    return group.inFlight();
  }
}
