package dev.singleflight.proofs.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a loader is if only one thing happens at a time. A state is compared by its content and
 * never changes.
 *
 * <p>There is a current store, which {@code invalidateAll} replaces. In a store each key has a
 * value or none. A call looks into the store that is current when it begins; if that lacks the key
 * it boards the key's flight, or a new one. A flight takes the current store, draws a ticket for
 * it, looks whether the value is there by now, unless it is a refresh's; else loads, and writes if
 * its ticket is still valid, whereby older ones become void. Then it is unmapped and has landed. To
 * invalidate a key is to void all its tickets in the current store, then to remove its value there,
 * then to unmap its flight. Each of these is one step.
 *
 * @param over how many calls of each thread have returned
 * @param within how far each thread's call is
 * @param mapped the flight of each key, if there is one; a flight goes by the id of its leader's
 *     call
 * @param flights all flights that ever were
 * @param cached the values of all stores that ever were
 * @param store which one is current
 * @param clock how many loads have begun or ended
 * @param drawn how many tickets were drawn
 */
record SequentialLoader(
    List<Integer> over,
    List<Position> within,
    Map<Integer, Integer> mapped,
    Map<Integer, FlightState> flights,
    Map<Place, Loaded> cached,
    int store,
    int clock,
    int drawn) {

  private static final int NONE = -1;

  /** Where a key's value is. */
  record Place(int store, int key) {}

  private enum Step {
    BEGIN,
    LOOK,
    BOARD,
    WAIT,
    VOID,
    REMOVE,
    FORGET
  }

  /**
   * How far a call is.
   *
   * @param next what it does next
   * @param store the store it uses
   * @param flight the flight it is aboard
   * @param present what a refresh found when it began
   * @param forgotten the keys whose flights it has unmapped
   */
  record Position(Step next, int store, int flight, Loaded present, Set<Integer> forgotten) {
    static final Position OUTSIDE = new Position(Step.BEGIN, NONE, NONE, Loaded.NONE, Set.of());

    Position next(Step step) {
      return new Position(step, store, flight, present, forgotten);
    }

    Position in(int current) {
      return new Position(next, current, flight, present, forgotten);
    }

    Position found(Loaded value) {
      return new Position(next, store, flight, value, forgotten);
    }

    Position aboard(int boarded) {
      return new Position(next, store, boarded, present, forgotten);
    }

    Position forget(int key) {
      Set<Integer> now = new HashSet<>(forgotten);
      now.add(key);
      return new Position(next, store, flight, present, now);
    }
  }

  private enum Progress {
    BOARDED,
    STORE_TAKEN,
    TICKET_DRAWN,
    MISSED,
    LOADING,
    WRITING,
    OVER,
    LANDED
  }

  /**
   * One flight.
   *
   * @param leader the call that leads
   * @param progress how far it is
   * @param store the store it has to land in
   * @param ticket how many were drawn before it, or {@link #NONE} if it is used up or void
   * @param outcome what it brings
   */
  record FlightState(LoaderCall leader, Progress progress, int store, int ticket, Loaded outcome) {

    Place place() {
      return new Place(store, leader.key());
    }

    FlightState at(Progress now) {
      return new FlightState(leader, now, store, ticket, outcome);
    }

    FlightState take(int current) {
      return new FlightState(leader, progress, current, ticket, outcome);
    }

    FlightState draw(int number) {
      return new FlightState(leader, progress, store, number, outcome);
    }

    FlightState bring(Loaded value) {
      return new FlightState(leader, progress, store, ticket, value);
    }
  }

  static SequentialLoader empty(int threads) {
    List<Integer> over = new ArrayList<>();
    List<Position> within = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      over.add(0);
      within.add(Position.OUTSIDE);
    }
    return new SequentialLoader(over, within, Map.of(), Map.of(), Map.of(), 0, 0, 0);
  }

  boolean isOver(List<List<LoaderCall>> threads) {
    for (int thread = 0; thread < threads.size(); thread++) {
      if (over.get(thread) < threads.get(thread).size()) {
        return false;
      }
    }
    return true;
  }

  /** Returns what may be next, given the calls of each thread and what they got. */
  List<SequentialLoader> successors(List<List<LoaderCall>> threads) {
    List<SequentialLoader> successors = new ArrayList<>();
    for (int thread = 0; thread < threads.size(); thread++) {
      int next = over.get(thread);
      if (next < threads.get(thread).size()) {
        addStep(successors, thread, threads.get(thread).get(next));
      }
    }
    for (int flight : flights.keySet()) {
      SequentialLoader next = progressed(flight, flight(flight));
      if (next != null) {
        successors.add(next);
      }
    }
    return successors;
  }

  private void addStep(List<SequentialLoader> successors, int thread, LoaderCall call) {
    Position position = within.get(thread);
    switch (position.next()) {
      case BEGIN -> {
        if (mayBegin(call)) {
          successors.add(begun(thread, call));
        }
      }
      case LOOK -> {
        SequentialLoader next = looked(thread, call, position);
        if (next != null) {
          successors.add(next);
        }
      }
      case BOARD -> successors.add(boarded(thread, call, position));
      case WAIT -> {
        FlightState flight = flight(position.flight());
        if (flight.progress() == Progress.LANDED) {
          if (flight.outcome().equals(call.got())) {
            successors.add(returned(thread));
          }
          if (call.method() == LoaderCall.Method.refresh
              && flight.outcome().equals(position.present())) {
            successors.add(enter(thread, position.next(Step.BOARD)));
          }
        }
      }
      case VOID ->
          successors.add(
              voided(position.store(), call.key(), drawn)
                  .enter(thread, position.next(Step.REMOVE)));
      case REMOVE ->
          successors.add(
              with(new Place(position.store(), call.key()), Loaded.NONE)
                  .enter(thread, position.next(Step.FORGET)));
      case FORGET -> addForget(successors, thread, call, position);
    }
  }

  private boolean mayBegin(LoaderCall call) {
    for (int other = 0; other < call.after().length; other++) {
      if (over.get(other) < call.after()[other]) {
        return false;
      }
    }
    return true;
  }

  private SequentialLoader begun(int thread, LoaderCall call) {
    Position position = Position.OUTSIDE.in(store);
    return switch (call.method()) {
      case get, getIfPresent, refresh -> enter(thread, position.next(Step.LOOK));
      case invalidate -> enter(thread, position.next(Step.VOID));
      case invalidateAll ->
          new SequentialLoader(over, within, mapped, flights, cached, store + 1, clock, drawn)
              .enter(thread, position.next(Step.FORGET));
    };
  }

  private @Nullable SequentialLoader looked(int thread, LoaderCall call, Position position) {
    Loaded found = cached.getOrDefault(new Place(position.store(), call.key()), Loaded.NONE);
    if (call.method() == LoaderCall.Method.refresh) {
      return enter(thread, position.found(found).next(Step.BOARD));
    }
    if (call.method() == LoaderCall.Method.getIfPresent || !found.equals(Loaded.NONE)) {
      return found.equals(call.got()) ? returned(thread) : null;
    }
    return enter(thread, position.next(Step.BOARD));
  }

  private SequentialLoader boarded(int thread, LoaderCall call, Position position) {
    int flight = mapped.getOrDefault(call.key(), NONE);
    if (flight != NONE) {
      return enter(thread, position.aboard(flight).next(Step.WAIT));
    }
    Map<Integer, Integer> nowMapped = new HashMap<>(mapped);
    nowMapped.put(call.key(), call.id());
    return new SequentialLoader(over, within, nowMapped, flights, cached, store, clock, drawn)
        .with(call.id(), new FlightState(call, Progress.BOARDED, NONE, NONE, Loaded.NONE))
        .enter(thread, position.aboard(call.id()).next(Step.WAIT));
  }

  private void addForget(
      List<SequentialLoader> successors, int thread, LoaderCall call, Position position) {
    if (call.method() == LoaderCall.Method.invalidate) {
      successors.add(unmapped(call.key()).returned(thread));
      return;
    }
    // Whatever is mapped later may stay: it found the new store.
    for (int key : mapped.keySet()) {
      if (!position.forgotten().contains(key)) {
        successors.add(unmapped(key).enter(thread, position.forget(key)));
      }
    }
    boolean all =
        flights.values().stream()
            .noneMatch(
                flight ->
                    mapped.getOrDefault(flight.leader().key(), NONE) == flight.leader().id()
                        && flight.store() != NONE
                        && flight.store() <= position.store());
    if (all) {
      successors.add(returned(thread));
    }
  }

  private @Nullable SequentialLoader progressed(int id, FlightState flight) {
    return switch (flight.progress()) {
      case BOARDED -> with(id, flight.take(store).at(Progress.STORE_TAKEN));
      case STORE_TAKEN ->
          new SequentialLoader(over, within, mapped, flights, cached, store, clock, drawn + 1)
              .with(id, flight.draw(drawn).at(Progress.TICKET_DRAWN));
      case TICKET_DRAWN -> {
        Loaded found = cached.getOrDefault(flight.place(), Loaded.NONE);
        yield found.equals(Loaded.NONE) || flight.leader().method() == LoaderCall.Method.refresh
            ? with(id, flight.at(Progress.MISSED))
            : with(id, flight.bring(found).draw(NONE).at(Progress.OVER));
      }
      case MISSED ->
          flight.leader().got().begun() == clock + 1
              ? with(id, flight.at(Progress.LOADING)).tick()
              : null;
      case LOADING ->
          flight.leader().got().ended() == clock + 1
              ? with(id, flight.bring(flight.leader().got()).at(Progress.WRITING)).tick()
              : null;
      case WRITING ->
          (flight.ticket() == NONE
                  ? this
                  : voided(flight.store(), flight.leader().key(), flight.ticket() + 1)
                      .with(flight.place(), flight.outcome()))
              .with(id, flight.draw(NONE).at(Progress.OVER));
      case OVER ->
          (mapped.getOrDefault(flight.leader().key(), NONE) == id
                  ? unmapped(flight.leader().key())
                  : this)
              .with(id, flight.at(Progress.LANDED));
      case LANDED -> null;
    };
  }

  private FlightState flight(int id) {
    FlightState flight = flights.get(id);
    if (flight == null) {
      throw new IllegalStateException("no flight " + id);
    }
    return flight;
  }

  /** Voids the tickets of a key that were drawn before others. */
  private SequentialLoader voided(int where, int key, int before) {
    Map<Integer, FlightState> now = new HashMap<>(flights);
    now.replaceAll(
        (id, flight) ->
            flight.store() == where && flight.leader().key() == key && flight.ticket() < before
                ? flight.draw(NONE)
                : flight);
    return new SequentialLoader(over, within, mapped, now, cached, store, clock, drawn);
  }

  private SequentialLoader with(int id, FlightState flight) {
    Map<Integer, FlightState> now = new HashMap<>(flights);
    now.put(id, flight);
    return new SequentialLoader(over, within, mapped, now, cached, store, clock, drawn);
  }

  private SequentialLoader with(Place place, Loaded value) {
    Map<Place, Loaded> now = new HashMap<>(cached);
    now.put(place, value);
    return new SequentialLoader(over, within, mapped, flights, now, store, clock, drawn);
  }

  private SequentialLoader unmapped(int key) {
    Map<Integer, Integer> now = new HashMap<>(mapped);
    now.remove(key);
    return new SequentialLoader(over, within, now, flights, cached, store, clock, drawn);
  }

  private SequentialLoader enter(int thread, Position position) {
    List<Position> now = new ArrayList<>(within);
    now.set(thread, position);
    return new SequentialLoader(over, now, mapped, flights, cached, store, clock, drawn);
  }

  private SequentialLoader returned(int thread) {
    List<Integer> now = new ArrayList<>(over);
    now.set(thread, now.get(thread) + 1);
    return new SequentialLoader(now, within, mapped, flights, cached, store, clock, drawn)
        .enter(thread, Position.OUTSIDE);
  }

  private SequentialLoader tick() {
    return new SequentialLoader(over, within, mapped, flights, cached, store, clock + 1, drawn);
  }
}
