package dev.singleflight.samples.bugs.bug12;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Says who has booked a room.
 *
 * <p>The failure is the outcome of the load, and reaches all who wait as what it is; there is no
 * null that stands for it.
 */
public final class FixedRoomBooking {
  private final SingleflightGroup<String, Booking> lookups = SingleflightGroup.create();
  private final Calendar calendar;

  public FixedRoomBooking(Calendar calendar) {
    this.calendar = calendar;
  }

  public String occupant(String room) throws IOException {
    Booking booking = lookups.execute(room, calendar::current);
    return booking.guest();
  }

  /** The calendar of all rooms, on another machine. */
  public interface Calendar {
    Booking current(String room) throws IOException;
  }

  /** That a room is taken. */
  public record Booking(String guest) {}
}
