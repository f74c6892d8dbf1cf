package dev.singleflight.proofs.soak;

import dev.singleflight.Loader;
import dev.singleflight.RecursiveLoadException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A loader that takes its time, fails, dies, asks for another key, and notices interrupts. */
final class FaultyLoads implements Loader<Integer, Load, Failed> {

  private final Account account;
  private final int keys;
  private @Nullable Subject subject;

  FaultyLoads(Account account, int keys) {
    this.account = account;
    this.keys = keys;
  }

  void loadFor(Subject loading) {
    subject = loading;
  }

  @Override
  public Load load(Integer key) throws Failed {
    return load(key, account.tick());
  }

  /** Loads several keys in one run, which fails if one of them does. */
  Map<Integer, Load> loadAll(Set<Integer> all) throws Failed {
    Load run = new Load(Load.SEVERAL, account.tick());
    Map<Integer, Load> loads = new HashMap<>();
    try {
      for (int key : all) {
        loads.put(key, load(key, run.begun()));
      }
    } catch (Failed e) {
      throw new Failed(run, e.abandoned);
    } catch (Failed.Fatally e) {
      throw new Failed.Fatally(run);
    }
    return loads;
  }

  private Load load(int key, long begun) throws Failed {
    Subject loading = subject;
    if (loading == null) {
      throw new IllegalStateException("nothing to load for");
    }
    Load load = new Load(key, begun);
    account.loadBegins(loading.maxLoads());
    try {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int choice = random.nextInt(100);
      if (choice < 40) {
        LockSupport.parkNanos(random.nextInt(1, 200) * 1_000L);
      }
      if (Thread.interrupted()) {
        throw new Failed(load, !(Thread.currentThread() instanceof Caller));
      }
      // Loads that ask for others of a limited group are beyond its limit, as they have to be.
      if (choice < 3 && loading.maxLoads() == Integer.MAX_VALUE) {
        loadAnother(load, loading, random.nextInt(keys));
      } else if (choice < 12) {
        throw new Failed(load, false);
      } else if (choice < 15) {
        throw new Failed.Fatally(load);
      }
      return load;
    } finally {
      load.endedNanos().set(System.nanoTime());
      account.loadEnds();
    }
  }

  /** Two loads that do this for each other's key have to be told so. */
  private void loadAnother(Load load, Subject loading, int key) throws Failed {
    try {
      Load other = loading.call(key, 0);
      account.check(other.key() == key, "a load of " + key + " got " + other);
    } catch (RecursiveLoadException e) {
      account.recursionRefused();
      throw new Failed(load, false);
    } catch (RuntimeException | Failed | Failed.Fatally | TimeoutException e) {
      throw new Failed(load, false);
    }
  }
}
