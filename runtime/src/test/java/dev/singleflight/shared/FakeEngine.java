package dev.singleflight.shared;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory, which can be cut off from those who use it: each does so by a {@link
 * #member} of its own, as each process by a connection.
 */
final class FakeEngine {

  /** What becomes of a member's steps. */
  enum Way {
    OPEN,
    /** Steps fail, and are not done. */
    CUT,
    /** Steps are neither done nor answered until the way is open again, if it ever is. */
    SLOW,
    /** Steps are done and not answered until the way is open again. */
    MUTE
  }

  private static final class Entry {
    byte @Nullable [] payload;
    long valueTaken;
    long freshUntil;
    long keptUntil;
    @Nullable String token;
    long leaseTaken;
    long leaseUntil;
    boolean turnedAway;
  }

  private final TierClock clock;
  private final Map<TierKey, Entry> entries = new HashMap<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();

  FakeEngine(TierClock clock) {
    this.clock = clock;
  }

  Member member() {
    Member member = new Member();
    members.add(member);
    return member;
  }

  /** Puts something there that is not of this library. */
  synchronized void put(TierKey key, byte[] payload) {
    Entry entry = entries.computeIfAbsent(key, k -> new Entry());
    entry.payload = payload;
    entry.valueTaken = clock.nanoTime();
    entry.freshUntil = clock.nanoTime() + Duration.ofDays(1).toNanos();
    entry.keptUntil = entry.freshUntil;
  }

  /** Forgets a lease, as an engine does that has run out of memory. */
  synchronized void forgetLease(TierKey key) {
    entry(key).token = null;
  }

  synchronized boolean isLeased(TierKey key) {
    Entry entry = entries.get(key);
    return entry != null && entry.token != null && clock.nanoTime() - entry.leaseUntil < 0;
  }

  private synchronized Reading read(TierKey key, String token, Duration lease, long maxAge) {
    Entry entry = entries.computeIfAbsent(key, k -> new Entry());
    long now = clock.nanoTime();
    byte @Nullable [] stale = null;
    if (entry.payload != null && now - entry.keptUntil < 0 && now - entry.valueTaken < maxAge) {
      if (now - entry.freshUntil < 0) {
        return Reading.hit(entry.payload);
      }
      stale = entry.payload;
    }
    if (entry.token != null && now - entry.leaseUntil < 0) {
      entry.turnedAway = true;
      return Reading.busy(
          Duration.ofNanos(entry.leaseUntil - now),
          Duration.ofNanos(now - entry.leaseTaken),
          stale);
    }
    entry.token = token;
    entry.leaseTaken = now;
    entry.leaseUntil = now + lease.toNanos();
    entry.turnedAway = false;
    return Reading.leased();
  }

  private Entry entry(TierKey key) {
    return requireNonNull(entries.get(key));
  }

  private synchronized boolean holds(TierKey key, String token) {
    return isLeased(key) && token.equals(entry(key).token);
  }

  private boolean fill(TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
    boolean turnedAway;
    synchronized (this) {
      if (!holds(key, token)) {
        return false;
      }
      Entry entry = entry(key);
      turnedAway = entry.turnedAway;
      entry.payload = payload;
      entry.valueTaken = entry.leaseTaken;
      entry.freshUntil = clock.nanoTime() + fresh.toNanos();
      entry.keptUntil = entry.freshUntil + stale.toNanos();
      entry.token = null;
    }
    if (turnedAway) {
      tell(key.tier(), new Event(Event.Kind.FILLED, key.tenant(), key.key(), ""));
    }
    return true;
  }

  private synchronized boolean renew(TierKey key, String token, Duration lease) {
    if (!holds(key, token)) {
      return false;
    }
    entry(key).leaseUntil = clock.nanoTime() + lease.toNanos();
    return true;
  }

  private boolean release(TierKey key, String token, String failure) {
    synchronized (this) {
      if (!holds(key, token)) {
        return false;
      }
      Entry entry = entry(key);
      entry.token = null;
      if (!entry.turnedAway) {
        return true;
      }
    }
    tell(key.tier(), new Event(Event.Kind.RELEASED, key.tenant(), key.key(), failure));
    return true;
  }

  private Void remove(Function<TierKey, Boolean> which, String tier, Event event) {
    synchronized (this) {
      entries.keySet().removeIf(which::apply);
    }
    tell(tier, event);
    return null;
  }

  private void tell(String tier, Event event) {
    members.forEach(member -> member.tell(tier, event));
  }

  /** One process's way to the engine. */
  final class Member implements TierEngine {
    private record Listening(String tier, Listener listener) {}

    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private Way way = Way.OPEN;
    private boolean hearsNothing;
    private int steps;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holdsMessages;
    private Runnable beforeInvalidation = () -> {};
    private Consumer<Reading> afterRead = reading -> {};

    /** Ends the connection, as the listeners are told. */
    void disconnect() {
      way(Way.CUT);
      listening.forEach(one -> one.listener().disconnected());
    }

    void reconnect() {
      way(Way.OPEN);
      listening.forEach(one -> one.listener().connected());
    }

    void way(Way now) {
      List<Runnable> due;
      synchronized (this) {
        way = now;
        due = now == Way.OPEN ? new ArrayList<>(later) : List.of();
        later.removeAll(due);
      }
      due.forEach(Runnable::run);
    }

    /** Loses all messages from now on. */
    void deaf(boolean deaf) {
      hearsNothing = deaf;
    }

    /** Does something, once, before the next invalidation of a key is done. */
    void beforeInvalidation(Runnable what) {
      beforeInvalidation = what;
    }

    /** Does something, once, after the next reading and before it is answered. */
    void afterRead(Consumer<Reading> what) {
      afterRead = what;
    }

    /** Holds messages back from now on. */
    void holdMessages() {
      holdsMessages = true;
    }

    /** Tells what was held back. */
    void tellHeld() {
      holdsMessages = false;
      held.forEach(Runnable::run);
      held.clear();
    }

    synchronized int steps() {
      return steps;
    }

    private void tell(String tier, Event event) {
      if (holdsMessages) {
        held.add(() -> tell(tier, event));
        return;
      }
      if (!hearsNothing && way == Way.OPEN) {
        listening.stream()
            .filter(one -> one.tier().equals(tier))
            .forEach(one -> one.listener().told(event));
      }
    }

    private <T> CompletionStage<T> step(Supplier<T> step) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      synchronized (this) {
        steps++;
        switch (way) {
          case OPEN -> {}
          case CUT -> {
            return CompletableFuture.failedStage(new IllegalStateException("cut off"));
          }
          case SLOW -> {
            later.add(() -> answer.complete(step.get()));
            return answer;
          }
          case MUTE -> {
            T result = step.get();
            later.add(() -> answer.complete(result));
            return answer;
          }
        }
      }
      answer.complete(step.get());
      return answer;
    }

    @Override
    public CompletionStage<Reading> readOrLease(
        TierKey key, String token, Duration lease, long maxAgeNanos) {
      return step(
          () -> {
            Reading reading = FakeEngine.this.read(key, token, lease, maxAgeNanos);
            Consumer<Reading> once = afterRead;
            afterRead = later -> {};
            once.accept(reading);
            return reading;
          });
    }

    @Override
    public CompletionStage<Boolean> fill(
        TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
      return step(() -> FakeEngine.this.fill(key, token, payload, fresh, stale));
    }

    @Override
    public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
      return step(() -> FakeEngine.this.renew(key, token, lease));
    }

    @Override
    public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
      return step(() -> FakeEngine.this.release(key, token, failure));
    }

    @Override
    public CompletionStage<Void> invalidate(TierKey key, String origin) {
      Event event = new Event(Event.Kind.INVALIDATED, key.tenant(), key.key(), origin);
      return step(
          () -> {
            Runnable once = beforeInvalidation;
            beforeInvalidation = () -> {};
            once.run();
            return remove(key::equals, key.tier(), event);
          });
    }

    @Override
    public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
      Event event = new Event(Event.Kind.TENANT_INVALIDATED, tenant, "", origin);
      return step(
          () -> remove(key -> key.tier().equals(tier) && key.tenant().equals(tenant), tier, event));
    }

    @Override
    public CompletionStage<Void> invalidateTier(String tier, String origin) {
      Event event = new Event(Event.Kind.TIER_INVALIDATED, "", "", origin);
      return step(() -> remove(key -> key.tier().equals(tier), tier, event));
    }

    @Override
    public CompletionStage<Void> probe(String tier) {
      return step(() -> null);
    }

    @Override
    public Registration listen(String tier, Listener listener) {
      Listening one = new Listening(tier, listener);
      listening.add(one);
      if (way == Way.OPEN) {
        listener.connected();
      }
      return () -> listening.remove(one);
    }

    @Override
    public void close() {}
  }
}
