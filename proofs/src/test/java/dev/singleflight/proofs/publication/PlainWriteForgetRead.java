package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightGroup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two loads read what one of the callers changes before it forgets the key, with no other
 * synchronization than the group's.
 */
@JCStressTest
@Description(
    "Who writes a plain field, forgets the key and reads, reads what it wrote, whoever leads.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The other's load came first.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both saw the change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The own change was not seen.")
@State
public class PlainWriteForgetRead {

  private final SingleflightGroup<String, Integer> group = SingleflightGroup.create();

  private int source;

  private int read() {
    return group.execute(
        "k",
        key -> {
          int read = source;
          Pause.briefly();
          return read;
        });
  }

  /** Reads. */
  @Actor
  public void reader(II_Result result) {
    result.r1 = read();
  }

  /** Writes, forgets, and reads. */
  @Actor
  public void writer(II_Result result) {
    source = 1;
    group.forget("k");
    result.r2 = read();
  }
}
