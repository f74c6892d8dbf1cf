package dev.singleflight.proofs.publication;

import dev.singleflight.SingleflightLoader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A load lands while its key is invalidated, since what it read has changed. */
@JCStressTest
@Description("Who writes, invalidates the key and reads, reads what it wrote; so do all later.")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The other's load came first.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Both saw the change.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The own change was not seen, or is not cached.")
@State
public class InvalidateAgainstLanding {

  private final SingleflightLoader<String, Integer> loader =
      SingleflightLoader.newBuilder().recordStats(false).build(key -> read());

  private volatile int source;

  private int read() {
    int read = source;
    Pause.briefly();
    return read;
  }

  /** Reads. */
  @Actor
  public void reader(III_Result result) {
    result.r1 = loader.get("k");
  }

  /** Writes, invalidates, and reads. */
  @Actor
  public void writer(III_Result result) {
    source = 1;
    loader.invalidate("k");
    result.r2 = loader.get("k");
  }

  /** Looks at what is left in the cache. */
  @Arbiter
  public void afterwards(III_Result result) {
    result.r3 = loader.getIfPresent("k").orElse(-1);
  }
}
