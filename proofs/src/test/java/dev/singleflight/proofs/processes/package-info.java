/**
 * A shared tier, used by processes of their own: what they load from, which may be held up and
 * which counts, is in the test's process.
 */
@NullMarked
package dev.singleflight.proofs.processes;

import org.jspecify.annotations.NullMarked;
