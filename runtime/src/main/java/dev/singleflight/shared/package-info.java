/**
 * One load for many processes: a tier behind the caches of their loaders, which hands out leases.
 *
 * <p>Three parts. A {@link dev.singleflight.shared.TierEngine} keeps values and leases where all
 * processes reach them, each step atomic; there is one in {@code shared.redis} and one in {@code
 * shared.jcache}. A {@link dev.singleflight.shared.Codec}, and a {@link
 * dev.singleflight.shared.KeyCodec}, say what values and keys look like there. {@link
 * dev.singleflight.shared.SharedTier} is made of these, and is given to {@code
 * SingleflightLoader.Builder.sharedTier}.
 *
 * <h2>Leases</h2>
 *
 * <p>They are those of R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, section
 * 3.2.1. Who finds no value gets a token, and loads; who comes then is turned away, and waits.
 *
 * <ul>
 *   <li>Only the token fills, and only once.
 *   <li>An invalidation removes value and token: what was loaded before it is not stored by whoever
 *       loaded it, here or there.
 *   <li>A lease whose process has ended runs out, and the next that looks gets a new one. While a
 *       load goes on its lease is renewed, so that a slow one is not doubled; but not for ever, so
 *       that one that hangs is taken over ({@code maxLoadTime}).
 *   <li>A load that fails ends its lease at once. Its failure is thrown to the callers in its own
 *       process. Others who wait try themselves: one gets the lease, the others wait for that one.
 *       Who has seen two fail in turn gives up with {@link
 *       dev.singleflight.shared.SharedLoadException}.
 *   <li>Who waits is told, and looks besides: after 50 ms first, then at intervals that double up
 *       to {@code pollInterval}, and when the lease runs out.
 *   <li>A load that asks for another key on its own thread, and is turned away, waits no longer
 *       than a lease lasts and then loads by itself: two processes might wait for each other, and
 *       nobody sees both. If it waits for another thread that asks, {@code maxLoadTime} is the
 *       bound.
 * </ul>
 *
 * <h2>What is guaranteed</h2>
 *
 * <p><b>Exact</b>, as long as the engine is one and answers:
 *
 * <ul>
 *   <li>In the process that invalidates, once {@code invalidate} has returned, no call that begins
 *       then gets what a load has read that began before, here or elsewhere.
 *   <li>In any process, a flight that begins then gets nothing older from the tier. So a loader
 *       with {@code expireAfterWrite(Duration.ZERO)} and {@code maxJoinAge(Duration.ZERO)}, which
 *       keeps nothing and joins nothing that has begun, is exact across processes.
 *   <li>Of a key one process has the lease at a time, as the engine counts time.
 * </ul>
 *
 * <p><b>Bounded by time</b>: what other processes keep in their own caches, and flights that had
 * begun there. Both are dropped when the message of the invalidation arrives. If it is lost, the
 * loader's {@code expireAfterWrite} is the bound, which is why a loader with a tier has to have
 * one. When the connection that messages come by has been lost, everything is dropped once it is
 * back.
 *
 * <h2>When the engine is out of reach</h2>
 *
 * <p>A step that is not answered within {@code callTimeout} is given up, and that call loads by
 * itself. If the connection is lost, or three steps in a row fail or are late, the process does
 * without the engine: its callers still share their loads with each other, nobody waits for
 * anything, and {@code TierStats.bypasses} counts. The engine is tried again in the background.
 *
 * <p>An invalidation that is not acknowledged is remembered, and the process does without the
 * engine from then on. Before it uses it again, it makes up for all of these, and drops what it has
 * cached. From then on it takes nothing from the tier that was loaded before that. So:
 *
 * <ul>
 *   <li>in the process that has invalidated, an old value is never seen again, whatever happens;
 *   <li>nor is it, once it uses the engine again, in any process that had noticed the outage, as it
 *       takes nothing older than that;
 *   <li>in one that had noticed nothing, because only others were cut off, it is seen until the one
 *       that has invalidated has reached the engine again. If that one ends before, the bound is
 *       the time to live in the tier. Nobody can know better: that is what being cut off means.
 * </ul>
 *
 * <p>More than 10,000 such invalidations become one of everything. They are kept in memory only.
 *
 * <h2>Keys and payloads</h2>
 *
 * <p>A value is known by the tier's name and schema version, the tenant and the key, in a way that
 * keeps any two apart. Processes with different schema versions share nothing, so during a roll-out
 * that changes it an invalidation reaches those of its own version only. A payload that cannot be
 * decoded is a miss, a warning, and a figure; never an exception.
 */
@NullMarked
@CheckReturnValue
package dev.singleflight.shared;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
