package dev.singleflight.proofs.linearizability;

import static dev.singleflight.proofs.linearizability.LoaderCall.Method.get;
import static dev.singleflight.proofs.linearizability.LoaderCall.Method.getIfPresent;
import static dev.singleflight.proofs.linearizability.LoaderCall.Method.invalidate;
import static dev.singleflight.proofs.linearizability.LoaderCall.Method.invalidateAll;
import static dev.singleflight.proofs.linearizability.LoaderCall.Method.refresh;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.ArrayList;
import java.util.Arrays;
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

/** Explores a loader as {@link GroupLincheckTest} does a group. */
final class LoaderLincheckTest {

  /** How many times each scenario of refreshes is run at most. */
  private static final int DEPTH = Integer.getInteger("proofs.lincheck.depth", 400);

  /** How many interleavings of each other scenario are explored at most; each takes far longer. */
  private static final int EXPLORED = DEPTH / 2;

  /** How many random scenarios there are. */
  private static final int SCENARIOS = Integer.getInteger("proofs.lincheck.scenarios", 5);

  /** How many interleavings of each random scenario are explored at most. */
  private static final int INVOCATIONS = Integer.getInteger("proofs.lincheck.invocations", 200);

  /** Scenarios of loads that their callers run. */
  static Stream<Named<List<List<Actor>>>> scenarios() {
    return Stream.of(
        Named.of(
            "a flight finds what is being invalidated",
            List.of(calls(1, get), calls(1, get), calls(1, invalidate, get))),
        Named.of(
            "a flight finds what is being dropped with its store",
            List.of(calls(1, get), calls(1, get), calls(1, invalidateAll, get))),
        Named.of(
            "a key is invalidated in both ways at once",
            List.of(calls(1, get), calls(1, invalidate, get), calls(1, invalidateAll, get))));
  }

  /** Scenarios of loads that run on threads of their own. */
  static Stream<Named<List<List<Actor>>>> refreshes() {
    return Stream.of(
        Named.of(
            "a refresh lands while its key is invalidated",
            List.of(calls(1, get, refresh), calls(1, invalidate, getIfPresent))),
        Named.of(
            "a refresh lands while all keys are invalidated",
            List.of(calls(1, get, refresh), calls(1, invalidateAll, getIfPresent))),
        Named.of(
            "an older load lands after a newer one",
            List.of(calls(1, get), calls(1, invalidate, refresh), calls(1, refresh, getIfPresent))),
        Named.of(
            "two refreshes and a load",
            List.of(calls(1, refresh), calls(1, get, refresh), calls(1, get))));
  }

  private static List<Actor> calls(int key, LoaderCall.Method... methods) {
    return Arrays.stream(methods).map(method -> actor(method, key)).toList();
  }

  private static Actor actor(LoaderCall.Method method, int key) {
    try {
      return method == invalidateAll
          ? new Actor(LoaderOperations.class.getMethod(method.name()), List.of())
          : new Actor(
              LoaderOperations.class.getMethod(method.name(), int.class), List.<Object>of(key));
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void namedScenarioModelChecked(List<List<Actor>> threads) {
    check(
        new ModelCheckingOptions()
            .iterations(0)
            .addGuarantee(forClasses(LoaderLincheckTest::isAMap).allMethods().treatAsAtomic())
            .invocationsPerIteration(EXPLORED)
            .addCustomScenario(scenario(threads)));
  }

  @ParameterizedTest
  @MethodSource("refreshes")
  void refreshStressed(List<List<Actor>> threads) {
    check(
        new StressOptions()
            .iterations(0)
            .invocationsPerIteration(DEPTH)
            .addCustomScenario(scenario(threads)));
  }

  /** What is linearizable by itself need not be explored, and that leaves more time for us. */
  private static boolean isAMap(String className) {
    return className.startsWith("java.util.concurrent.ConcurrentHashMap")
        || className.startsWith("com.github.benmanes.caffeine.");
  }

  private static ExecutionScenario scenario(List<List<Actor>> threads) {
    return new ExecutionScenario(List.of(), new ArrayList<>(threads), List.of(), null);
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
    options.verifier(LoaderVerifier.class).check(LoaderOperations.class);
  }
}
