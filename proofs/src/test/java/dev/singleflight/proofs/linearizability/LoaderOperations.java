package dev.singleflight.proofs.linearizability;

import dev.singleflight.SingleflightLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * The methods of a loader as Lincheck calls them. A clock ticks when a load begins and when it
 * ends; a value is what it showed.
 *
 * <p>Nothing expires or is evicted, so that all that happens does so on the threads that Lincheck
 * controls: Caffeine is a map then, without a clock or a thread of its own. Only refreshes run on
 * threads that it does not control, whatever the executor, so those are stressed alone.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:1") // other keys are in scenarios of their own
public final class LoaderOperations {

  private final AtomicInteger clock = new AtomicInteger();
  private final SingleflightLoader<Integer, Loaded> loader =
      SingleflightLoader.newBuilder()
          .recordStats(false)
          .build(key -> new Loaded(clock.incrementAndGet(), clock.incrementAndGet()));

  /** Returns what is cached, or loads it. */
  @Operation
  public Object get(@Param(name = "key") int key) {
    int since = clock.get();
    return new LoaderAnswer(since, loader.get(key));
  }

  /** Returns what is cached. */
  @Operation
  public Object getIfPresent(@Param(name = "key") int key) {
    int since = clock.get();
    return new LoaderAnswer(since, loader.getIfPresent(key).orElse(Loaded.NONE));
  }

  /** Loads anew. */
  @Operation
  public Object refresh(@Param(name = "key") int key) {
    int since = clock.get();
    return new LoaderAnswer(since, loader.refresh(key).join());
  }

  /** Outdates what is cached, or being loaded. */
  @Operation
  public Object invalidate(@Param(name = "key") int key) {
    int since = clock.get();
    loader.invalidate(key);
    return new LoaderAnswer(since, Loaded.NONE);
  }

  /** Outdates the same of all keys. */
  @Operation
  public Object invalidateAll() {
    int since = clock.get();
    loader.invalidateAll();
    return new LoaderAnswer(since, Loaded.NONE);
  }

  /** Once all calls are over no flight is left. */
  @Validate
  public void noFlightIsLeft() {
    if (loader.inFlight() != 0) {
      throw new AssertionError(loader + " when all calls were over");
    }
  }
}
