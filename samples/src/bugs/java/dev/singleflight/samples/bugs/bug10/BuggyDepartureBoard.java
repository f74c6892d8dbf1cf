package dev.singleflight.samples.bugs.bug10;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * Shows the next trains of a station on every screen in it.
 *
 * <p>The second in the key was meant to allow one request a second. What it does is to part callers
 * that come a moment apart: when the timetable is slow, each second adds a load of the same station
 * to those that still run.
 */
public final class BuggyDepartureBoard {
  private final SingleflightGroup<String, List<String>> boards = SingleflightGroup.create();
  private final Timetable timetable;
  private final Clock clock;

  public BuggyDepartureBoard(Timetable timetable, Clock clock) {
    this.timetable = timetable;
    this.clock = clock;
  }

  public List<String> departures(String station) throws IOException {
    String key = station + "@" + clock.instant().getEpochSecond();
    // flagged: SingleflightUnstableKey
    return boards.execute(key, () -> timetable.next(station));
  }

  /** A remote service. */
  public interface Timetable {
    List<String> next(String station) throws IOException;
  }
}
