package dev.singleflight.proofs.linearizability;

import static dev.singleflight.proofs.linearizability.Call.Method.execute;
import static dev.singleflight.proofs.linearizability.Call.Method.executeFailing;
import static dev.singleflight.proofs.linearizability.Call.Method.executeShared;
import static dev.singleflight.proofs.linearizability.Call.Method.forget;
import static dev.singleflight.proofs.linearizability.Call.Method.forgetUnshared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Explores a group: scenarios in which each step matters, deeply; and random ones.
 *
 * <p>Lincheck wakes a parked thread whenever that helps, so it finds wrong answers and no lost
 * wake-ups; those are Fray's.
 */
final class GroupLincheckTest {

  /** How many interleavings of each named scenario are explored at most. */
  private static final int DEPTH = Integer.getInteger("proofs.lincheck.depth", 400);

  /** How many random scenarios there are. */
  private static final int SCENARIOS = Integer.getInteger("proofs.lincheck.scenarios", 5);

  /** How many interleavings of each random scenario are explored at most. */
  private static final int INVOCATIONS = Integer.getInteger("proofs.lincheck.invocations", 200);

  static Stream<Named<List<List<Actor>>>> scenarios() {
    return Stream.of(
        Named.of(
            "one joins while the other's flight ends",
            List.of(List.of(actor(executeShared, 1)), List.of(actor(executeShared, 1)))),
        Named.of(
            "two join while a flight ends",
            List.of(
                List.of(actor(executeShared, 1)),
                List.of(actor(executeShared, 1)),
                List.of(actor(executeShared, 1)))),
        Named.of(
            "one joins while a flight fails, and calls again",
            List.of(
                List.of(actor(executeFailing, 1)),
                List.of(actor(executeFailing, 1), actor(execute, 1)))),
        Named.of(
            "a forgotten flight ends while its successor is joined",
            List.of(
                List.of(actor(execute, 1)),
                List.of(actor(forget, 1), actor(execute, 1)),
                List.of(actor(execute, 1)))),
        Named.of(
            "one joins while the flight is forgotten as unshared",
            List.of(
                List.of(actor(executeShared, 1)),
                List.of(actor(executeShared, 1)),
                List.of(actor(forgetUnshared, 1)))),
        Named.of(
            "a flight is forgotten in both ways at once",
            List.of(
                List.of(actor(executeShared, 1)),
                List.of(actor(forget, 1), actor(execute, 1)),
                List.of(actor(forgetUnshared, 1)))),
        Named.of(
            "two keys",
            List.of(
                List.of(actor(executeShared, 1), actor(forget, 2)),
                List.of(actor(executeShared, 2), actor(executeShared, 1)))));
  }

  private static Actor actor(Call.Method method, int key) {
    try {
      return new Actor(
          GroupOperations.class.getMethod(method.name(), int.class), List.<Object>of(key));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void namedScenarioModelChecked(List<List<Actor>> threads) {
    // The end of a lone leader's flight is where two calls alone can go wrong in many ways.
    boolean lone = threads.stream().mapToInt(List::size).sum() == 2;
    check(
        new ModelCheckingOptions()
            .iterations(0)
            .invocationsPerIteration(lone ? 10 * DEPTH : DEPTH)
            .addCustomScenario(scenario(threads)));
  }

  private static ExecutionScenario scenario(List<List<Actor>> threads) {
    return new ExecutionScenario(List.of(), new ArrayList<>(threads), List.of(), null);
  }

  @Test
  void randomScenariosOfTwoThreadsModelChecked() {
    check(random(new ModelCheckingOptions(), 2, 3));
  }

  @Test
  void randomScenariosOfThreeThreadsModelChecked() {
    check(random(new ModelCheckingOptions(), 3, 2));
  }

  @Test
  void randomScenariosOfThreeThreadsStressed() {
    check(random(new StressOptions(), 3, 3));
  }

  private static <O extends Options<O, ?>> O random(O options, int threads, int calls) {
    return options
        .threads(threads)
        .actorsPerThread(calls)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(SCENARIOS)
        .invocationsPerIteration(INVOCATIONS);
  }

  private static <O extends Options<O, ?>> void check(O options) {
    options.verifier(FlightsVerifier.class).check(GroupOperations.class);
  }
}
