package test;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers that are put when a load has failed: in place of what was loaded, or of the failure. */
class Numbers {
  private static final long NONE = -1;

  interface Meter {
    long read(String id);
  }

  private final SingleflightGroup<String, Long> group = SingleflightGroup.create();
  private final Map<String, Long> readings = new ConcurrentHashMap<>();
  private final Map<String, Long> named = new ConcurrentHashMap<>();
  private final Map<String, Long> known = new ConcurrentHashMap<>();
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final Map<String, Long> retries = new ConcurrentHashMap<>();
  private final Meter meter;

  Numbers(Meter meter) {
    this.meter = meter;
  }

  long instead(String id) {
    Long reading = readings.get(id);
    if (reading != null) {
      return reading;
    }
    try {
      long loaded = group.execute(id, meter::read);
      readings.put(id, loaded);
      return loaded;
    } catch (RuntimeException e) {
      // BUG: Diagnostic contains: keeps a failed load as if it were a value
      readings.put(id, -1L);
      return -1;
    }
  }

  long insteadByName(String id) {
    Long reading = named.get(id);
    if (reading != null) {
      return reading;
    }
    try {
      reading = group.execute(id, meter::read);
      named.put(id, reading);
    } catch (RuntimeException e) {
      // BUG: Diagnostic contains: keeps a failed load as if it were a value
      named.put(id, NONE);
    }
    return named.get(id);
  }

  /** How often it failed: nobody takes that for a reading. */
  long attempts(String id) {
    try {
      long loaded = group.execute(id, meter::read);
      known.put(id, loaded);
      attempts.put(id, 0);
      return loaded;
    } catch (RuntimeException e) {
      attempts.put(id, attempts.getOrDefault(id, 0) + 1);
      throw e;
    }
  }

  /** That it failed once: no load's result is put there. */
  long failed(String id) {
    if (attempts.containsKey(id)) {
      throw new IllegalStateException("failed before");
    }
    try {
      return group.execute(id, meter::read);
    } catch (RuntimeException e) {
      attempts.put(id, 1);
      throw e;
    }
  }

  /** When to try again. */
  long later(String id) {
    if (retries.getOrDefault(id, 0L) > System.nanoTime()) {
      throw new IllegalStateException("not yet");
    }
    try {
      return group.execute(id, meter::read);
    } catch (RuntimeException e) {
      retries.put(id, System.nanoTime() + 1_000_000);
      throw e;
    }
  }
}
