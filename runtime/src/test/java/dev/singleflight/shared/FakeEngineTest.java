package dev.singleflight.shared;

import java.time.Duration;

/** The fake that other tests use is an engine, too. */
final class FakeEngineTest extends TierEngineContract {

  private final VirtualClock clock = new VirtualClock();
  private final FakeEngine engine = new FakeEngine(clock);
  private final TierEngine[] members = {engine.member(), engine.member()};

  @Override
  protected TierEngine engine(int which) {
    return members[which];
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
