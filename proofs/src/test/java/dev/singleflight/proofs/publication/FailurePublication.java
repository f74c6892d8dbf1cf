package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightGroup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Plain fields of a failure, written by whichever loader ran. */
@JCStressTest
@Description("A follower sees all that the leader's loader wrote into the failure.")
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The first led both.")
@Outcome(id = "34, 34", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The second led both.")
@Outcome(id = "12, 34", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half a failure, or another flight's, or none.")
@State
public class FailurePublication {

  private final SingleflightGroup<String, Integer> group = SingleflightGroup.create();

  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    private int tens;
    private int ones;

    Failed() {
      super("made to fail", null, false, false);
    }
  }

  @SuppressWarnings("SingleflightKeyOmitsInput") // the numbers tell whose failure each was handed
  private int call(int tens, int ones) {
    try {
      return group.execute(
          "k",
          key -> {
            Failed failed = new Failed();
            Pause.briefly();
            failed.tens = tens;
            failed.ones = ones;
            throw failed;
          });
    } catch (Failed failed) {
      return failed.tens + failed.ones;
    }
  }

  /** One caller. */
  @Actor
  public void first(II_Result result) {
    result.r1 = call(10, 2);
  }

  /** Another. */
  @Actor
  public void second(II_Result result) {
    result.r2 = call(30, 4);
  }
}
