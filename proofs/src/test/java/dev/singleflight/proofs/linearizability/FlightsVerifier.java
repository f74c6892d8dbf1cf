package dev.singleflight.proofs.linearizability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.LincheckResult;
import org.jetbrains.kotlinx.lincheck.util.ValueResult;
import org.jetbrains.lincheck.datastructures.verifier.CachedVerifier;

/**
 * Tells whether what a group answered is what {@link SequentialFlights} answer in some order that
 * respects the order in which the calls were made.
 *
 * <p>Coalescing is not linearizable as one step a call: calls that share a flight overlap, and a
 * call alone never shares. It is as two: a call <em>boards</em> at one instant, a flight
 * <em>lands</em> at one instant, and a call returns after its flight has landed. All those instants
 * are tried, depth first; states that were seen before are not looked at again. This is interval
 * linearizability (Castañeda, Rajsbaum and Raynal, "Unifying concurrent objects and distributed
 * tasks: interval-linearizability", JACM 2018).
 */
public final class FlightsVerifier extends CachedVerifier {

  /** Made by Lincheck, which has a sequential class to offer that is of no use here. */
  public FlightsVerifier(Class<?> sequentialSpecification) {
    if (sequentialSpecification != GroupOperations.class) {
      throw new IllegalArgumentException(sequentialSpecification.getName());
    }
  }

  @Override
  public boolean verifyResultsImpl(ExecutionScenario scenario, ExecutionResult results) {
    List<List<Call>> threads = new ArrayList<>();
    for (int thread = 0; thread < scenario.getNThreads(); thread++) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < scenario.getThreads().get(thread).size(); i++) {
        calls.add(
            call(
                thread * 100 + i,
                scenario.getThreads().get(thread).get(i),
                results.getThreadsResultsWithClock().get(thread).get(i)));
      }
      threads.add(calls);
    }
    return isPossible(threads);
  }

  private static Call call(int id, Actor actor, ResultWithClock result) {
    LincheckResult got = result.getResult();
    return new Call(
        id,
        Call.Method.valueOf(actor.getMethod().getName()),
        (Integer) actor.getArguments().get(0),
        got instanceof ValueResult value ? value.getValue() : got,
        result.getClockOnStart().getClock());
  }

  static boolean isPossible(List<List<Call>> threads) {
    Set<SequentialFlights> seen = new HashSet<>();
    List<SequentialFlights> open = new ArrayList<>();
    open.add(SequentialFlights.empty(threads.size()));
    while (!open.isEmpty()) {
      SequentialFlights state = open.remove(open.size() - 1);
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
