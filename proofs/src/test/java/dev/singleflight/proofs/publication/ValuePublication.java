package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightGroup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Plain fields of a value, written by whichever loader ran. */
@JCStressTest
@Description("A follower sees all that the leader's loader wrote, without a final field.")
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The first led both.")
@Outcome(id = "34, 34", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The second led both.")
@Outcome(id = "12, 34", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half a value, or another flight's.")
@State
public class ValuePublication {

  private final SingleflightGroup<String, Pair> group = SingleflightGroup.create();

  private static final class Pair {
    private int tens;
    private int ones;

    int sum() {
      return tens + ones;
    }
  }

  private static Pair load(int tens, int ones) {
    Pair pair = new Pair();
    Pause.briefly();
    pair.tens = tens;
    pair.ones = ones;
    return pair;
  }

  /** One caller. */
  @Actor
  public void first(II_Result result) {
    result.r1 = group.execute("k", key -> load(10, 2)).sum();
  }

  /** Another. */
  @Actor
  public void second(II_Result result) {
    result.r2 = group.execute("k", key -> load(30, 4)).sum();
  }
}
