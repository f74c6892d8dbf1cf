package dev.singleflight.shared;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a tier does, without holding anybody up. */
final class TierCounters {

  final LongAdder hits = new LongAdder();
  final LongAdder staleHits = new LongAdder();
  final LongAdder leases = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder fills = new LongAdder();
  final LongAdder fillsRefused = new LongAdder();
  final LongAdder renewals = new LongAdder();
  final LongAdder badPayloads = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LongAdder bypasses = new LongAdder();
  final LongAdder engineCalls = new LongAdder();
  final LongAdder engineFailures = new LongAdder();
  final LongAdder engineTimeouts = new LongAdder();
  final LongAdder outages = new LongAdder();

  TierStats snapshot(long pendingInvalidations, boolean inUse) {
    return new TierStats(
        hits.sum(),
        staleHits.sum(),
        leases.sum(),
        waits.sum(),
        fills.sum(),
        fillsRefused.sum(),
        renewals.sum(),
        badPayloads.sum(),
        invalidations.sum(),
        bypasses.sum(),
        engineCalls.sum(),
        engineFailures.sum(),
        engineTimeouts.sum(),
        outages.sum(),
        pendingInvalidations,
        inUse);
  }
}
