package dev.singleflight.samples.bugs.bug12;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says who has booked a room.
 *
 * <p>The loader returns null for a room that it could not ask about. A null is a value like any
 * other to the group: all who wait are given it, and all fail on it.
 */
public final class BuggyRoomBooking {
  private final SingleflightGroup<String, @Nullable Booking> lookups = SingleflightGroup.create();
  private final Calendar calendar;

  public BuggyRoomBooking(Calendar calendar) {
    this.calendar = calendar;
  }

  public String occupant(String room) {
    Booking booking = lookups.execute(room, this::booking);
    // flagged: SingleflightNullResult
    return booking.guest();
  }

  private @Nullable Booking booking(String room) {
    try {
      return calendar.current(room);
    } catch (IOException e) {
      return null;
    }
  }

  /** The calendar of all rooms, on another machine. */
  public interface Calendar {
    Booking current(String room) throws IOException;
  }

  /** That a room is taken. */
  public record Booking(String guest) {}
}
