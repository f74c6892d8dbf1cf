package dev.singleflight.proofs.soak;

import dev.singleflight.LoadException;
import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A loader, with any options that do not let its values outlive an invalidation. */
final class LoaderSubject implements Subject {

  private final SingleflightLoader<Integer, Load> loader;
  private final Account account;
  private final int keys;
  private final int maxLoads;

  /**
   * Creates a subject.
   *
   * @param loader runs the loads given
   * @param keys how many keys are asked for again and again
   */
  LoaderSubject(
      SingleflightLoader<Integer, Load> loader,
      FaultyLoads loads,
      Account account,
      int keys,
      int maxLoads) {
    this.loader = loader;
    this.account = account;
    this.keys = keys;
    this.maxLoads = maxLoads;
    loads.loadFor(this);
  }

  @Override
  public Load call(int key, int way) throws Failed {
    try {
      return switch (way % 8) {
        case 0 -> loader.getIfPresent(key).orElseGet(() -> loader.get(key));
        case 1, 2 -> getWithOthers(key);
        default -> loader.get(key);
      };
    } catch (LoadException e) {
      throw failed(e);
    }
  }

  private Load getWithOthers(int key) {
    int other = ThreadLocalRandom.current().nextInt(keys);
    List<Integer> wanted = List.of(other, key, (other + 1) % keys);
    try {
      Map<Integer, Load> loads = loader.getAll(wanted);
      account.check(loads.keySet().containsAll(wanted), "asked for " + wanted + ", got " + loads);
      loads.forEach((each, load) -> account.check(load.isOf(each), "for " + each + " got " + load));
      Load load = loads.get(key);
      return load == null ? loader.get(key) : load;
    } catch (LoadException e) {
      // It may be another key's, which nobody has outdated.
      return failed(e).load.key() == key ? rethrow(e) : loader.get(key);
    } catch (Failed.Fatally e) {
      return e.load.key() == key ? rethrow(e) : loader.get(key);
    }
  }

  private static <X extends Throwable> Load rethrow(X thrown) throws X {
    throw thrown;
  }

  private static Failed failed(LoadException e) {
    if (e.getCause() instanceof Failed failed) {
      return failed;
    }
    throw new AssertionError("failed with what no load threw", e);
  }

  @Override
  public Load call(int key, Duration timeout) throws Failed, TimeoutException {
    try {
      return loader.get(key, timeout);
    } catch (LoadException e) {
      throw failed(e);
    }
  }

  @Override
  public CompletableFuture<Load> callAsync(int key) {
    return ThreadLocalRandom.current().nextInt(4) == 0 ? loader.refresh(key) : loader.getAsync(key);
  }

  @Override
  public void outdate(int key) {
    loader.invalidate(key);
  }

  @Override
  public boolean outdateAll() {
    loader.invalidateAll();
    return true;
  }

  @Override
  public void disturb(int key, int way) {
    loader.refresh(key);
  }

  @Override
  public boolean caches() {
    return true;
  }

  @Override
  public @Nullable Load cached(int key) {
    return loader.getIfPresent(key).orElse(null);
  }

  @Override
  public int maxLoads() {
    return maxLoads;
  }

  @Override
  public int inFlight() {
    return loader.inFlight();
  }
}
