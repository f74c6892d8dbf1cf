package dev.singleflight.shared;

import org.junit.jupiter.api.Timeout;

/**
 * What tests of several processes have in common: a clock, an engine, a source and three of them.
 */
@Timeout(60)
abstract class PeersTest {

  final VirtualClock clock = new VirtualClock();
  final FakeEngine engine = new FakeEngine(clock);
  final Source source = new Source();
  final Peer a = new Peer(engine, clock, source);
  final Peer b = new Peer(engine, clock, source);
  final Peer c = new Peer(engine, clock, source);

  PeersTest() {
    source.write("k", "v0");
  }
}
