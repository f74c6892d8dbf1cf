package dev.singleflight.proofs.publication;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One call comes at about the end of the other's flight. */
@JCStressTest
@Description("Who comes at the end of a flight either follows, and both know, or leads.")
@Outcome(id = "10, 10", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(id = "11, 21", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The second followed.")
@Outcome(id = "21, 11", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The first followed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "They do not agree on who led whom.")
@State
public class FollowerCount {

  private final SingleflightGroup<String, Integer> group = SingleflightGroup.create();

  private int call() {
    SharedResult<Integer> shared =
        group.executeShared(
            "k",
            key -> {
              Pause.briefly();
              return 1;
            });
    return (shared.isLeader() ? 10 : 20) + shared.followers();
  }

  /** One caller. */
  @Actor
  public void first(II_Result result) {
    result.r1 = call();
  }

  /** Another. */
  @Actor
  public void second(II_Result result) {
    result.r2 = call();
  }
}
