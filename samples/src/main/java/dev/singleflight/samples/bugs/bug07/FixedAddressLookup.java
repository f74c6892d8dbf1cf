package dev.singleflight.samples.bugs.bug07;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an address is on the map, and remembers it.
 *
 * <p>The lock is held only while the map is read or written. The geocoder is asked without it, and
 * the loader takes it again to store what it found.
 */
public final class FixedAddressLookup {
  private final SingleflightGroup<String, Position> lookups = SingleflightGroup.create();
  private final Lock lock = new ReentrantLock();
  private final Map<String, Position> known = new HashMap<>();
  private final Geocoder geocoder;

  public FixedAddressLookup(Geocoder geocoder) {
    this.geocoder = geocoder;
  }

  public Position locate(String address) throws IOException {
    Position position = remembered(address);
    return position != null ? position : lookups.execute(address, this::queryAndRemember);
  }

  private @Nullable Position remembered(String address) {
    lock.lock();
    try {
      return known.get(address);
    } finally {
      lock.unlock();
    }
  }

  private Position queryAndRemember(String address) throws IOException {
    Position position = geocoder.query(address);
    lock.lock();
    try {
      known.put(address, position);
    } finally {
      lock.unlock();
    }
    return position;
  }

  /** A remote service. */
  public interface Geocoder {
    Position query(String address) throws IOException;
  }

  /** A point on the map. */
  public record Position(double latitude, double longitude) {}
}
