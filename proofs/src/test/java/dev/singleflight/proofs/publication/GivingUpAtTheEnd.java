package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A follower is interrupted already when it comes, at about the end of the flight. */
@JCStressTest
@Description(
    "Who gives up at the end of a flight gets its value or its own interrupt; no other does.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It landed in time.")
@Outcome(id = "1, -1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It was given up.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The interrupted one led.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt was another's, or was lost.")
@State
public class GivingUpAtTheEnd {

  private final SingleflightGroup<String, Integer> group = SingleflightGroup.create();

  @SuppressWarnings("SingleflightKeyOmitsInput") // the value tells whose load each was handed
  private int call(int value) {
    return group.execute(
        "k",
        key -> {
          Pause.briefly();
          return value;
        });
  }

  /** Never gives up. */
  @Actor
  public void patient(II_Result result) {
    result.r1 = call(1);
  }

  /** Gives up at once. */
  @Actor
  public void interrupted(II_Result result) {
    Thread.currentThread().interrupt();
    int got;
    try {
      got = call(2);
    } catch (CancellationException e) {
      got = -1;
    }
    result.r2 = Thread.interrupted() ? got : 0;
  }
}
