package dev.singleflight.proofs.linearizability;

import dev.singleflight.Loader;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * The methods of a group as Lincheck calls them. A clock ticks when a load begins and when it ends,
 * so that an answer tells which flight it is of and what that overlapped.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:1") // other keys are in scenarios of their own
public final class GroupOperations {

  private final SingleflightGroup<Integer, Load> group = SingleflightGroup.create();
  private final AtomicInteger clock = new AtomicInteger();

  private record Load(int begun, int ended) {}

  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Load load;

    Failed(Load load) {
      super("made to fail", null, false, false);
      this.load = load;
    }
  }

  /** A loader that remembers whether it was run. */
  private final class Ticking implements Loader<Integer, Load, Failed> {
    private final boolean failing;
    private boolean ran;

    Ticking(boolean failing) {
      this.failing = failing;
    }

    @Override
    public Load load(Integer key) throws Failed {
      ran = true;
      Load load = new Load(clock.incrementAndGet(), clock.incrementAndGet());
      if (failing) {
        throw new Failed(load);
      }
      return load;
    }

    Answer answer(Load load, boolean failed, int followers) {
      return new Answer(load.begun(), load.ended(), ran, failed, followers);
    }
  }

  /** A call whose load returns. */
  @Operation
  public Object execute(@Param(name = "key") int key) {
    return call(key, new Ticking(false));
  }

  /** A call whose load, if it leads, throws. */
  @Operation
  public Object executeFailing(@Param(name = "key") int key) {
    return call(key, new Ticking(true));
  }

  private Answer call(int key, Ticking loader) {
    try {
      return loader.answer(group.execute(key, loader), false, Answer.UNTOLD);
    } catch (Failed e) {
      return loader.answer(e.load, true, Answer.UNTOLD);
    }
  }

  /** A call that is told of its followers. */
  @Operation
  public Object executeShared(@Param(name = "key") int key) {
    Ticking loader = new Ticking(false);
    try {
      SharedResult<Load> result = group.executeShared(key, loader);
      if (result.isLeader() != loader.ran) {
        throw new AssertionError("leads without having loaded, or the reverse");
      }
      return loader.answer(result.value(), false, result.followers());
    } catch (Failed e) {
      return loader.answer(e.load, true, Answer.UNTOLD);
    }
  }

  /** Makes the next call load. */
  @Operation
  public boolean forget(@Param(name = "key") int key) {
    return group.forget(key);
  }

  /** Makes the next call load if nobody follows. */
  @Operation
  public boolean forgetUnshared(@Param(name = "key") int key) {
    return group.forgetUnshared(key);
  }

  /** Once all calls are over no flight is left. */
  @Validate
  public void noFlightIsLeft() {
    if (group.inFlight() != 0) {
      throw new AssertionError(group + " when all calls were over");
    }
  }
}
