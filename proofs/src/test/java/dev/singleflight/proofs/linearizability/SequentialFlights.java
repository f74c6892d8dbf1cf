package dev.singleflight.proofs.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a group is if only one thing happens at a time: for each key at most one flight that can be
 * joined, and for each flight a load that begins, ends, and then lets it land. A state is compared
 * by its content and never changes.
 *
 * <p>One method takes two steps: {@code forgetUnshared} closes a flight that nobody follows and
 * then unmaps it. In between nobody can join it, but it can still be forgotten: that is why two
 * threads that forget it at once may both be told that they did.
 *
 * @param over how many calls of each thread have returned
 * @param within the flight that each thread's call is within, or {@link #NONE}; a flight goes by
 *     the id of its leader's call
 * @param mapped the flight of each key, if there is one
 * @param flights all flights that ever were
 * @param clock how many loads have begun or ended
 */
record SequentialFlights(
    List<Integer> over,
    List<Integer> within,
    Map<Integer, Integer> mapped,
    Map<Integer, FlightState> flights,
    int clock) {

  static final int NONE = -1;

  private enum Progress {
    BOARDED,
    LOADING,
    LOADED,
    LANDED
  }

  /**
   * One flight.
   *
   * @param leader the call that leads
   * @param followers how many have joined
   * @param closed whether it was forgotten as unshared
   * @param progress how far its load is
   */
  private record FlightState(Call leader, int followers, boolean closed, Progress progress) {
    FlightState joined() {
      return new FlightState(leader, followers + 1, closed, progress);
    }

    FlightState close() {
      return new FlightState(leader, followers, true, progress);
    }

    FlightState at(Progress next) {
      return new FlightState(leader, followers, closed, next);
    }
  }

  static SequentialFlights empty(int threads) {
    List<Integer> over = new ArrayList<>();
    List<Integer> within = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      over.add(0);
      within.add(NONE);
    }
    return new SequentialFlights(over, within, Map.of(), Map.of(), 0);
  }

  boolean isOver(List<List<Call>> threads) {
    for (int thread = 0; thread < threads.size(); thread++) {
      if (over.get(thread) < threads.get(thread).size()) {
        return false;
      }
    }
    return true;
  }

  /** Returns what may be next, given the calls of each thread and what they got. */
  List<SequentialFlights> successors(List<List<Call>> threads) {
    List<SequentialFlights> successors = new ArrayList<>();
    for (int thread = 0; thread < threads.size(); thread++) {
      int next = over.get(thread);
      if (next < threads.get(thread).size()) {
        Call call = threads.get(thread).get(next);
        if (within.get(thread) != NONE) {
          addIfPossible(successors, returned(thread, call));
        } else if (mayBegin(call)) {
          addIfPossible(successors, begun(thread, call));
        }
      }
    }
    for (int flight : flights.keySet()) {
      addIfPossible(successors, progressed(flight));
    }
    return successors;
  }

  private static void addIfPossible(
      List<SequentialFlights> successors, @Nullable SequentialFlights successor) {
    if (successor != null) {
      successors.add(successor);
    }
  }

  private boolean mayBegin(Call call) {
    for (int other = 0; other < call.after().length; other++) {
      if (over.get(other) < call.after()[other]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable SequentialFlights begun(int thread, Call call) {
    int flight = mapped.getOrDefault(call.key(), NONE);
    FlightState state = flights.get(flight);
    FlightState joinable = state == null || state.closed() ? null : state;
    return switch (call.method()) {
      case forget ->
          !Objects.equals(call.got(), state != null)
              ? null
              : (state == null ? this : unmapped(flight)).next(thread);
      case forgetUnshared -> {
        FlightState unshared = joinable == null || joinable.followers() > 0 ? null : joinable;
        if (!Objects.equals(call.got(), unshared != null)) {
          yield null;
        }
        yield unshared == null
            ? next(thread)
            : with(flight, unshared.close()).enter(thread, flight);
      }
      case execute, executeFailing, executeShared ->
          joinable == null
              ? started(call).enter(thread, call.id())
              : with(flight, joinable.joined()).enter(thread, flight);
    };
  }

  private SequentialFlights started(Call call) {
    Map<Integer, Integer> nowMapped = new HashMap<>(mapped);
    nowMapped.put(call.key(), call.id());
    return new SequentialFlights(over, within, nowMapped, flights, clock)
        .with(call.id(), new FlightState(call, 0, false, Progress.BOARDED));
  }

  private @Nullable SequentialFlights progressed(int flight) {
    FlightState state = flight(flight);
    if (!(state.leader().got() instanceof Answer answer)) {
      return null;
    }
    return switch (state.progress()) {
      case BOARDED ->
          answer.begun() == clock + 1 ? with(flight, state.at(Progress.LOADING)).tick() : null;
      case LOADING ->
          answer.ended() == clock + 1 ? with(flight, state.at(Progress.LOADED)).tick() : null;
      case LOADED -> unmapped(flight).with(flight, state.at(Progress.LANDED));
      case LANDED -> null;
    };
  }

  private @Nullable SequentialFlights returned(int thread, Call call) {
    int flight = within.get(thread);
    SequentialFlights next = enter(thread, NONE).next(thread);
    if (!call.method().boards()) {
      return next.unmapped(flight);
    }
    FlightState state = flight(flight);
    return state.progress() == Progress.LANDED
            && call.got() instanceof Answer answer
            && state.leader().got() instanceof Answer leaders
            && answer.begun() == leaders.begun()
            && answer.ended() == leaders.ended()
            && answer.led() == (flight == call.id())
            && answer.failed() == (state.leader().method() == Call.Method.executeFailing)
            && (answer.followers() == Answer.UNTOLD || answer.followers() == state.followers())
        ? next
        : null;
  }

  private FlightState flight(int flight) {
    return Objects.requireNonNull(flights.get(flight));
  }

  private SequentialFlights with(int flight, FlightState state) {
    Map<Integer, FlightState> nowFlights = new HashMap<>(flights);
    nowFlights.put(flight, state);
    return new SequentialFlights(over, within, mapped, nowFlights, clock);
  }

  /** Unmaps a flight if it is still the mapped one. */
  private SequentialFlights unmapped(int flight) {
    Map<Integer, Integer> nowMapped = new HashMap<>(mapped);
    nowMapped.remove(flight(flight).leader().key(), flight);
    return new SequentialFlights(over, within, nowMapped, flights, clock);
  }

  private SequentialFlights enter(int thread, int flight) {
    List<Integer> nowWithin = new ArrayList<>(within);
    nowWithin.set(thread, flight);
    return new SequentialFlights(over, nowWithin, mapped, flights, clock);
  }

  private SequentialFlights next(int thread) {
    List<Integer> nowOver = new ArrayList<>(over);
    nowOver.set(thread, nowOver.get(thread) + 1);
    return new SequentialFlights(nowOver, within, mapped, flights, clock);
  }

  private SequentialFlights tick() {
    return new SequentialFlights(over, within, mapped, flights, clock + 1);
  }
}
