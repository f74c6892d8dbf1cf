package dev.singleflight.proofs.linearizability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Tells whether what a loader answered keeps its promises: that invalidation is exact, which can be
 * read off the answers themselves, and that a {@link SequentialLoader} answers the same in some
 * order that respects the order in which the calls were made. That is searched for as {@link
 * FlightsVerifier} does.
 */
public final class LoaderVerifier extends CachedVerifier {

  /** Made by Lincheck, which has a sequential class to offer that is of no use here. */
  public LoaderVerifier(Class<?> sequentialSpecification) {
    if (sequentialSpecification != LoaderOperations.class) {
      throw new IllegalArgumentException(sequentialSpecification.getName());
    }
  }

  @Override
  public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
    List<List<LoaderCall>> threads = new ArrayList<>();
    for (int thread = 0; thread < scenario.getNThreads(); thread++) {
      List<LoaderCall> calls = new ArrayList<>();
      for (int i = 0; i < scenario.getThreads().get(thread).size(); i++) {
        ResultWithClock result = results.getThreadsResultsWithClock().get(thread).get(i);
        if (!(result.getResult() instanceof ValueResult returned
            && returned.getValue() instanceof LoaderAnswer answer)) {
          return false;
        }
        calls.add(call(thread * 100 + i, scenario.getThreads().get(thread).get(i), answer, result));
      }
      threads.add(calls);
    }
    return isExact(threads) && isPossible(threads);
  }

  private static LoaderCall call(int id, Actor actor, LoaderAnswer answer, ResultWithClock result) {
    return new LoaderCall(
        id,
        LoaderCall.Method.valueOf(actor.getMethod().getName()),
        actor.getArguments().isEmpty() ? 0 : (Integer) actor.getArguments().get(0),
        answer.since(),
        answer.value(),
        result.getClockOnStart().getClock());
  }

  /**
   * Nothing that began to be loaded before an invalidation is got by a call that began when that
   * was over.
   */
  static boolean isExact(List<List<LoaderCall>> threads) {
    return threads.stream()
        .flatMap(List::stream)
        .filter(call -> !call.got().equals(Loaded.NONE))
        .allMatch(call -> isNewEnough(call, threads));
  }

  private static boolean isNewEnough(LoaderCall call, List<List<LoaderCall>> threads) {
    for (int thread = 0; thread < threads.size(); thread++) {
      for (int i = 0; i < threads.get(thread).size(); i++) {
        LoaderCall other = threads.get(thread).get(i);
        boolean outdates =
            other.method() == LoaderCall.Method.invalidateAll
                || (other.method() == LoaderCall.Method.invalidate && other.key() == call.key());
        if (outdates && call.isAfter(thread, i) && call.got().begun() <= other.since()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isPossible(List<List<LoaderCall>> threads) {
    Set<SequentialLoader> seen = new HashSet<>();
    List<SequentialLoader> open = new ArrayList<>();
    open.add(SequentialLoader.empty(threads.size()));
    while (!open.isEmpty()) {
      SequentialLoader state = open.remove(open.size() - 1);
      if (state.isOver(threads)) {
        return true;
      }
      if (seen.add(state)) {
        open.addAll(state.successors(threads));
      }
    }
    return false;
  }
}
