package dev.singleflight.shared.jcache;

import dev.singleflight.shared.Reading;
import dev.singleflight.shared.TierKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an engine, each a compare-and-set.
 *
 * <p>Generations and cell are read in one call, which is not one instant, and need not be: a call
 * that begins after an invalidation has returned finds the new generation, whatever else it finds,
 * and so no cell of an older one.
 */
final class Cells {

  /** Changes a cell whose lease is held. */
  interface Change {
    Cell apply(Cell cell, long now);
  }

  private final Cache<String, String> cache;
  private final long clockDifferenceMillis;

  Cells(Cache<String, String> cache, long clockDifferenceMillis) {
    this.cache = cache;
    this.clockDifferenceMillis = clockDifferenceMillis;
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  Reading readOrLease(TierKey key, String token, Duration lease, long maxAgeNanos) {
    String name = Names.cell(key);
    while (true) {
      String tierName = Names.tierGeneration(key.tier());
      String tenantName = Names.tenantGeneration(key.tier(), key.tenant());
      Map<String, String> found = cache.getAll(Set.of(name, tierName, tenantName));
      String generations =
          generation(tierName, found.get(tierName))
              + '/'
              + generation(tenantName, found.get(tenantName));
      String text = found.get(name);
      Cell cell = cellOf(text, generations);
      long now = now();
      Cell.Value value = cell.value();
      boolean usable =
          value != null
              && now < value.keptUntil()
              && age(now, value.taken()) < TimeUnit.NANOSECONDS.toMillis(maxAgeNanos);
      if (value != null && usable && now < value.freshUntil()) {
        return Reading.hit(value.bytes());
      }
      Cell.Lease held = cell.lease();
      if (held == null || !cell.isLeased(now)) {
        if (swap(name, text, cell.leased(token, now, lease).text())) {
          return Reading.leased();
        }
      } else if (held.turnedAway() || swap(name, text, cell.turnedAway().text())) {
        return Reading.busy(
            Duration.ofMillis(held.until() - now),
            Duration.ofMillis(age(now, held.taken())),
            value != null && usable ? value.bytes() : null);
      }
    }
  }

  /** Returns an age that is not too short, whoever has looked at which clock. */
  private long age(long now, long taken) {
    return Math.max(0, now - taken) + clockDifferenceMillis;
  }

  private static Cell cellOf(@Nullable String text, String generations) {
    if (text == null) {
      return Cell.empty(generations);
    }
    Cell cell = Cell.of(text);
    return cell.generations().equals(generations) ? cell : Cell.empty(generations);
  }

  private String generation(String name, @Nullable String text) {
    String found = text;
    while (found == null) {
      Generation first = Generation.first();
      if (cache.putIfAbsent(name, first.text())) {
        return first.id();
      }
      found = cache.get(name);
    }
    return Generation.of(found).id();
  }

  /** Replaces what was found, if it is still there. */
  private boolean swap(String name, @Nullable String found, String wanted) {
    return found == null ? cache.putIfAbsent(name, wanted) : cache.replace(name, found, wanted);
  }

  /** Changes a cell if a lease of it is held; returns whether it was. */
  boolean changeHeld(TierKey key, String token, Change change) {
    String name = Names.cell(key);
    while (true) {
      String text = cache.get(name);
      if (text == null) {
        return false;
      }
      Cell cell = Cell.of(text);
      long now = now();
      // Of an older generation it would be changed in vain: nobody reads it.
      if (!cell.isHeldBy(token, now) || !isOf(cell, key)) {
        return false;
      }
      if (swap(name, text, change.apply(cell, now).text())) {
        return true;
      }
    }
  }

  private boolean isOf(Cell cell, TierKey key) {
    String tierName = Names.tierGeneration(key.tier());
    String tenantName = Names.tenantGeneration(key.tier(), key.tenant());
    Map<String, String> found = cache.getAll(Set.of(tierName, tenantName));
    String tier = found.get(tierName);
    String tenant = found.get(tenantName);
    return tier != null
        && tenant != null
        && cell.generations().equals(Generation.of(tier).id() + '/' + Generation.of(tenant).id());
  }

  /** Writes an entry, whatever was there. */
  void write(String name, String wanted) {
    String found;
    do {
      found = cache.get(name);
    } while (!swap(name, found, wanted));
  }

  void probe(String tier) {
    String unused = cache.get(Names.tierGeneration(tier));
  }
}
