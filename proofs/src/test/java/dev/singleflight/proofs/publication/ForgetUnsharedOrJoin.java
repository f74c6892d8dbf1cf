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

/** One call's loader forgets its own key if nobody follows; the other call comes meanwhile. */
@JCStressTest
@Description("That nobody follows, and that nobody will, is decided at one instant.")
@Outcome(id = "110, 10", expect = Expect.ACCEPTABLE, desc = "Forgotten; the other led.")
@Outcome(id = "11, 21", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Followed; not forgotten.")
@Outcome(id = "21, 11", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The first followed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten as unshared, and followed.")
@State
public class ForgetUnsharedOrJoin {

  private final SingleflightGroup<String, Integer> group = SingleflightGroup.create();

  private static int describe(SharedResult<Integer> shared) {
    return (shared.isLeader() ? 10 : 20) + shared.value() + shared.followers();
  }

  /** One caller, whose load tells by 100 that it was forgotten. */
  @Actor
  public void first(II_Result result) {
    result.r1 =
        describe(
            group.executeShared(
                "k",
                key -> {
                  Pause.briefly();
                  return group.forgetUnshared(key) ? 100 : 0;
                }));
  }

  /** Another. */
  @Actor
  public void second(II_Result result) {
    result.r2 =
        describe(
            group.executeShared(
                "k",
                key -> {
                  Pause.briefly();
                  return 0;
                }));
  }
}
