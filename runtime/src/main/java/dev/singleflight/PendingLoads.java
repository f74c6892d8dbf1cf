package dev.singleflight;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The loads under way that may still land in the cache.
 *
 * <p>A load draws a ticket before it reads anything. While the ticket is here the load may land;
 * voiding the tickets of a key is how an invalidation reaches loads that have begun. A load that
 * lands voids those that began before it, so that a slow one never replaces what is newer.
 *
 * <p>Mostly a key has one ticket at most. It has more while a load goes on that has been forgotten,
 * or has become too old to be joined, and another has begun.
 */
final class PendingLoads<K> {

  /** The right of one load to land, linked to those that began before it. */
  static final class Ticket {
    /** Touched by {@code compute} of the map only, which runs once at a time for a key. */
    private @Nullable Ticket older;

    /** Returns the one that is linked to another, from this one downwards, or null. */
    private @Nullable Ticket newerThan(Ticket other) {
      for (Ticket ticket = this; ticket != null; ticket = ticket.older) {
        if (ticket.older == other) {
          return ticket;
        }
      }
      return null;
    }
  }

  private final ConcurrentMap<K, Ticket> newest = new ConcurrentHashMap<>();

  Ticket draw(K key) {
    Ticket ticket = new Ticket();
    newest.compute(
        key,
        (k, older) -> {
          ticket.older = older;
          return ticket;
        });
    return ticket;
  }

  /** Uses up a ticket and voids the older ones; returns whether it was valid. */
  boolean use(K key, Ticket ticket) {
    if (newest.remove(key, ticket)) {
      return true;
    }
    AtomicBoolean valid = new AtomicBoolean();
    newest.computeIfPresent(
        key,
        (k, head) -> {
          Ticket newer = head.newerThan(ticket);
          if (newer != null) {
            newer.older = null;
            valid.setPlain(true);
          }
          return head;
        });
    return valid.getPlain();
  }

  /** Gives a ticket back unused, if it is still here. */
  void giveBack(K key, Ticket ticket) {
    newest.computeIfPresent(
        key,
        (k, head) -> {
          if (head == ticket) {
            return ticket.older;
          }
          Ticket newer = head.newerThan(ticket);
          if (newer != null) {
            newer.older = ticket.older;
          }
          return head;
        });
  }

  /** Voids all tickets that have been drawn for a key. */
  void voidAll(K key) {
    newest.remove(key);
  }

  /** Returns how many keys have tickets. */
  int size() {
    return newest.size();
  }
}
