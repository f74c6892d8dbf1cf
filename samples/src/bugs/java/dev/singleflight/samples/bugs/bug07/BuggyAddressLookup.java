package dev.singleflight.samples.bugs.bug07;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds where an address is on the map, and remembers it.
 *
 * <p>The lock is there for the map, but is held for the second that the geocoder takes. Until then
 * nobody gets past it, not even callers whose address has long been known: the whole service looks
 * up one address at a time.
 */
public final class BuggyAddressLookup {
  private final SingleflightGroup<String, Position> lookups = SingleflightGroup.create();
  private final Lock lock = new ReentrantLock();
  private final Map<String, Position> known = new HashMap<>();
  private final Geocoder geocoder;

  public BuggyAddressLookup(Geocoder geocoder) {
    this.geocoder = geocoder;
  }

  public Position locate(String address) throws IOException {
    lock.lock();
    try {
      Position position = known.get(address);
      if (position == null) {
        // flagged: SingleflightLockHeld
        position = lookups.execute(address, geocoder::query);
        known.put(address, position);
      }
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** A remote service. */
  public interface Geocoder {
    Position query(String address) throws IOException;
  }

  /** A point on the map. */
  public record Position(double latitude, double longitude) {}
}
