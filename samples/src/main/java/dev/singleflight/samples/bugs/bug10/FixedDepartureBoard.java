package dev.singleflight.samples.bugs.bug10;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.List;

/**
 * Shows the next trains of a station on every screen in it.
 *
 * <p>The key is what decides the answer: the station. However long a load takes, everyone who asks
 * for the station meanwhile waits for that one. (To limit how often it is asked for, use a cache
 * with an expiry, or a rate limiter.)
 */
public final class FixedDepartureBoard {
  private final SingleflightGroup<String, List<String>> boards = SingleflightGroup.create();
  private final Timetable timetable;

  public FixedDepartureBoard(Timetable timetable) {
    this.timetable = timetable;
  }

  public List<String> departures(String station) throws IOException {
    return boards.execute(station, timetable::next);
  }

  /** A remote service. */
  public interface Timetable {
    List<String> next(String station) throws IOException;
  }
}
