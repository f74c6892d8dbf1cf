package dev.singleflight;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a flight: a node of the stack that hangs on it.
 *
 * <p>Nodes are pushed at the head only. A node that is {@linkplain #isGone() gone} stays gone and
 * may be unlinked by anyone at any time, except while it is the head. Whatever the races of those
 * who unlink, each node that is not gone stays reachable from each node above it: a link is only
 * ever moved past a node that is gone.
 */
abstract class Waiter {

  static final int PLATFORM_THREAD = 1;
  static final int VIRTUAL_THREAD = 2;
  static final int FUTURE = 4;

  volatile @Nullable Waiter next;

  /** Whether this waiter's own call started the flight. Written before others can see the node. */
  boolean leads;

  // Written before others can see the node, of all who have come so far, gone or not:

  /** What they share. */
  private @Nullable Party party;

  private int followers;

  /** Which kinds of waiters there are. */
  private int kinds;

  /** Returns whether the waiter has given up, or has got what it waited for. */
  abstract boolean isGone();

  final boolean isPresent() {
    return !isGone();
  }

  final boolean isFollower() {
    return !leads && !isGone();
  }

  /** Returns the kind of this waiter: one of the constants. */
  abstract int kind();

  /** Puts this waiter, which only its own thread knows yet, above others. */
  final void pushOn(@Nullable Waiter below) {
    int own = leads ? 0 : 1;
    next = below;
    if (below == null) {
      party = new Party();
      followers = own;
      kinds = kind();
    } else {
      party = below.party;
      followers = below.followers + own;
      kinds = below.kinds | kind();
    }
  }

  /** Returns what it shares with the others; once it has been pushed. */
  final Party party() {
    return Objects.requireNonNull(party);
  }

  /** Returns how many followers have come, up to this one if it is one. */
  final int followers() {
    return followers;
  }

  /** Returns whether there is a waiter of a kind among those who have come. */
  final boolean with(int kind) {
    return (kinds & kind) != 0;
  }

  /** Returns whether a condition holds for any waiter from this one downwards. */
  static boolean any(@Nullable Waiter from, Predicate<Waiter> condition) {
    for (Waiter waiter = from; waiter != null; waiter = waiter.next) {
      if (condition.test(waiter)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Unlinks those below the head that are gone, so that a load that hangs does not pile them up.
   */
  static void unlinkGone(Waiter head) {
    Waiter kept = head;
    for (Waiter waiter = head.next; waiter != null; waiter = waiter.next) {
      if (waiter.isGone()) {
        kept.next = waiter.next;
      } else {
        kept = waiter;
      }
    }
  }

  /** Lies on top of the others to turn newcomers away. */
  static final class Seal extends Waiter {
    Seal(@Nullable Waiter below) {
      next = below;
    }

    @Override
    int kind() {
      return 0;
    }

    /** Nobody waits by it. */
    @Override
    boolean isGone() {
      return true;
    }
  }
}
