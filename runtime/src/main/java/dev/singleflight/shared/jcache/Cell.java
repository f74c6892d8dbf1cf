package dev.singleflight.shared.jcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the cache holds for a key. It is kept as a string: every provider compares those by what is
 * in them, as {@code replace} needs, and a server needs no class of ours. Times are milliseconds of
 * the clocks of those who wrote them.
 *
 * @param generations those of tier and tenant under which the cell was written
 * @param lease the lease, or null if nobody has it
 * @param value the value, which may be an old one while there is a lease, or null
 * @param last what to tell of how the cell came to be
 */
@Immutable
record Cell(String generations, @Nullable Lease lease, @Nullable Value value, Change last) {

  /** What has happened to a key. */
  enum Change {
    LEASED,
    TURNED_AWAY,
    FILLED,
    /** Filled, and somebody was turned away before. */
    FILLED_FOR_OTHERS,
    RENEWED,
    RELEASED,
    INVALIDATED
  }

  /**
   * A lease.
   *
   * @param detail of an invalidation its origin, of a release the failure: then there is no lease
   */
  @Immutable
  record Lease(String token, long taken, long until, boolean turnedAway, String detail) {}

  /** A value; the payload as one character a byte. */
  @Immutable
  record Value(long taken, long freshUntil, long keptUntil, String payload) {
    byte[] bytes() {
      return payload.getBytes(ISO_8859_1);
    }
  }

  boolean isLeased(long now) {
    return lease != null && now < lease.until();
  }

  boolean isHeldBy(String token, long now) {
    return isLeased(now) && requireNonNull(lease).token().equals(token);
  }

  /** Returns what the cell is with a new lease. */
  Cell leased(String token, long now, Duration length) {
    return new Cell(
        generations,
        new Lease(token, now, now + length.toMillis(), false, ""),
        value,
        Change.LEASED);
  }

  private Cell with(Lease changed, Change change) {
    return new Cell(generations, changed, value, change);
  }

  Cell turnedAway() {
    Lease held = requireNonNull(lease);
    return with(new Lease(held.token(), held.taken(), held.until(), true, ""), Change.TURNED_AWAY);
  }

  Cell renewed(long now, Duration length) {
    Lease held = requireNonNull(lease);
    return with(
        new Lease(held.token(), held.taken(), now + length.toMillis(), held.turnedAway(), ""),
        Change.RENEWED);
  }

  Cell released(String failure) {
    Lease held = requireNonNull(lease);
    return with(
        new Lease(held.token(), held.taken(), 0, held.turnedAway(), failure), Change.RELEASED);
  }

  Cell filled(byte[] payload, long now, Duration fresh, Duration stale) {
    Lease held = requireNonNull(lease);
    long freshUntil = now + fresh.toMillis();
    return new Cell(
        generations,
        null,
        new Value(
            held.taken(),
            freshUntil,
            freshUntil + stale.toMillis(),
            new String(payload, ISO_8859_1)),
        held.turnedAway() ? Change.FILLED_FOR_OTHERS : Change.FILLED);
  }

  static Cell empty(String generations) {
    return new Cell(generations, null, null, Change.LEASED);
  }

  static Cell invalidated(String origin) {
    return new Cell("", new Lease("", 0, 0, false, origin), null, Change.INVALIDATED);
  }

  /** Returns what the change has to tell beside itself. */
  String detail() {
    return lease == null ? "" : lease.detail();
  }

  String text() {
    Texts.Writer out = new Texts.Writer().add(last.name()).add(generations);
    if (lease == null) {
      out.add("-");
    } else {
      out.add("+")
          .add(lease.token())
          .add(Long.toString(lease.taken()))
          .add(Long.toString(lease.until()))
          .add(Boolean.toString(lease.turnedAway()))
          .add(lease.detail());
    }
    if (value == null) {
      out.add("-");
    } else {
      out.add("+")
          .add(Long.toString(value.taken()))
          .add(Long.toString(value.freshUntil()))
          .add(Long.toString(value.keptUntil()))
          .add(value.payload());
    }
    return out.text();
  }

  /**
   * Returns the cell of a text.
   *
   * @throws IllegalArgumentException if it is not the text of one
   */
  static Cell of(String text) {
    Texts.Reader in = new Texts.Reader(text);
    Change last = Change.valueOf(in.next());
    String generations = in.next();
    Lease lease =
        in.next().equals("+")
            ? new Lease(
                in.next(),
                Long.parseLong(in.next()),
                Long.parseLong(in.next()),
                Boolean.parseBoolean(in.next()),
                in.next())
            : null;
    Value value =
        in.next().equals("+")
            ? new Value(
                Long.parseLong(in.next()),
                Long.parseLong(in.next()),
                Long.parseLong(in.next()),
                in.next())
            : null;
    return new Cell(generations, lease, value, last);
  }
}
