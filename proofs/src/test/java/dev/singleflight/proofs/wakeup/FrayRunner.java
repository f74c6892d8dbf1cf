package dev.singleflight.proofs.wakeup;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.core.TestRunner;
import org.pastalab.fray.core.command.Configuration;
import org.pastalab.fray.core.command.ExecutionInfo;
import org.pastalab.fray.core.command.LambdaExecutor;
import org.pastalab.fray.core.command.NetworkDelegateType;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.core.randomness.ControlledRandomProvider;
import org.pastalab.fray.core.scheduler.POSScheduler;

/**
 * Explores the scenarios; for a JVM of which Fray has instrumented the JDK.
 *
 * <p>A thread that is not woken looks by itself after a second, so a lost wake-up is no deadlock.
 * Fray makes time up, though, and lets it pass only where all threads wait for it; none does if
 * nobody is forgotten, so that a run that takes that second has lost a wake-up.
 */
final class FrayRunner {

  private static final int MAX_SECONDS = 600;

  /**
   * Far more than a run takes whose threads do not look in vain for ever. It may be many: the
   * scheduler is not fair to a thread that another one spins for.
   */
  private static final int MAX_STEPS = 1_000_000;

  private static final long TOO_LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private FrayRunner() {}

  /**
   * Explores all scenarios, and exits with 1 if one fails.
   *
   * @param args how often each is run; then the names of those to explore, if not all
   */
  public static void main(String[] args) throws Exception {
    int iterations = Integer.parseInt(args[0]);
    int failed = 0;
    List<String> chosen = List.of(args).subList(1, args.length);
    for (Scenario scenario : Scenario.values()) {
      if (!chosen.isEmpty() && !chosen.contains(scenario.name())) {
        continue;
      }
      Throwable failure = explore(scenario, iterations);
      if (failure == null) {
        System.err.println("EXPLORED " + scenario);
      } else {
        failed++;
        System.err.println("FAILED " + scenario);
        failure.printStackTrace();
      }
    }
    // Fray does not let a program exit while it is in charge.
    Runtime.getRuntime().halt(failed == 0 ? 0 : 1);
  }

  private static @Nullable Throwable explore(Scenario scenario, int iterations) {
    AtomicInteger ended = new AtomicInteger();
    LambdaExecutor executor =
        new LambdaExecutor(
            () -> {
              long start = System.nanoTime();
              scenario.run();
              long took = System.nanoTime() - start;
              Threads.check(took < TOO_LONG_NANOS, "a wake-up was lost: it took ns " + took);
              ended.incrementAndGet();
              return Unit.INSTANCE;
            });
    Throwable failure =
        new TestRunner(
                new Configuration(
                    new ExecutionInfo(
                        executor,
                        /* ignoreUnhandledExceptions= */ false,
                        /* interleaveMemoryOps= */ false,
                        MAX_STEPS),
                    Path.of(System.getProperty("fray.workDir")),
                    iterations,
                    MAX_SECONDS,
                    new POSScheduler(),
                    new ControlledRandomProvider(),
                    /* fullSchedule= */ true,
                    /* exploreMode= */ false,
                    /* noExitWhenBugFound= */ true,
                    /* isReplay= */ false,
                    /* noFray= */ false,
                    /* dummyRun= */ false,
                    NetworkDelegateType.NONE,
                    SystemTimeDelegateType.MOCK,
                    /* virtualTimeDelta= */ 1_000L,
                    /* ignoreTimedBlock= */ false,
                    /* sleepAsYield= */ true,
                    /* resetClassLoader= */ true,
                    /* redirectStdout= */ false,
                    /* abortThreadExecutionAfterMainExit= */ false,
                    /* resolveRacingOperationStackTraceHash= */ false,
                    /* timelineCoverageType= */ null))
            .run();
    // Fray itself takes a run with too many steps for one that need not be looked at.
    return failure == null && ended.get() < iterations
        ? new AssertionError((iterations - ended.get()) + " runs did not end")
        : failure;
  }
}
