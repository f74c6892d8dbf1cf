/** Interleavings that have gone wrong elsewhere, each forced. */
@NullMarked
package dev.singleflight.proofs.regressions;

import org.jspecify.annotations.NullMarked;
