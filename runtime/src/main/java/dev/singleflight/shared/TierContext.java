package dev.singleflight.shared;

/** What the parts of a tier have in common. */
record TierContext(
    TierEngine engine,
    TierOptions options,
    TierClock clock,
    TierCounters counters,
    Warnings warnings,
    Signals signals,
    Circuit circuit) {}
