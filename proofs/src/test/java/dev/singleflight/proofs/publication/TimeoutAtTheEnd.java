package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A call's time is over at about the end of the flight that it joined, or leads detached. */
@JCStressTest
@Description("Who times out at the end of a flight gets its value or a timeout; no other does.")
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It landed in time.")
@Outcome(id = "12, -1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It timed out.")
@Outcome(id = "12, 34", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(id = "34, 34", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Led detached, in time.")
@Outcome(id = "34, -1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Led detached, and left.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half a value, or another's timeout.")
@State
public class TimeoutAtTheEnd {

  private final SingleflightGroup<String, int[]> group = SingleflightGroup.create();
  private static final Duration TIMEOUT = Duration.ofNanos(40_000);

  private static int[] load(int tens, int ones) {
    int[] pair = new int[2];
    Pause.briefly();
    pair[0] = tens;
    pair[1] = ones;
    return pair;
  }

  private static int sum(int[] pair) {
    return pair[0] + pair[1];
  }

  /** Never times out. */
  @Actor
  public void patient(II_Result result) {
    result.r1 = sum(group.execute("k", key -> load(10, 2)));
  }

  /** Times out soon. */
  @Actor
  public void impatient(II_Result result) {
    try {
      result.r2 = sum(group.execute("k", key -> load(30, 4), TIMEOUT));
    } catch (TimeoutException e) {
      result.r2 = -1;
    }
  }
}
