package dev.singleflight.shared;

import com.google.errorprone.annotations.Immutable;

/**
 * What a tier has done so far in this process: an immutable snapshot. All but the last two only
 * ever grow. Taken while others call, each figure is exact for some instant during the call that
 * took it.
 *
 * @param hits loads spared, since the value was in the tier
 * @param staleHits loads spared, since another process was refreshing the value, which was served
 *     old
 * @param leases leases taken: loads that this process did for all
 * @param waits times that a load of another process was waited for, whatever came of it
 * @param fills values put into the tier
 * @param fillsRefused values that were not, since their lease had been voided or had expired
 * @param renewals leases made good for longer, because their loads were not done
 * @param badPayloads payloads that could not be decoded, and values that could not be encoded
 * @param invalidations keys, or all keys at once, invalidated by this process
 * @param bypasses loads made without the tier, since it could not be reached or was too slow
 * @param engineCalls steps asked of the engine
 * @param engineFailures those that failed
 * @param engineTimeouts those that were not answered in time
 * @param outages times that the tier went over to local coalescing
 * @param pendingInvalidations invalidations that the engine has yet to be told of
 * @param inUse whether the tier is used now, rather than bypassed
 */
@Immutable
public record TierStats(
    long hits,
    long staleHits,
    long leases,
    long waits,
    long fills,
    long fillsRefused,
    long renewals,
    long badPayloads,
    long invalidations,
    long bypasses,
    long engineCalls,
    long engineFailures,
    long engineTimeouts,
    long outages,
    long pendingInvalidations,
    boolean inUse) {}
