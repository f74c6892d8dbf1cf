/** Everything at once, with faults, for as long as it is given; and an account of every call. */
@NullMarked
package dev.singleflight.proofs.soak;

import org.jspecify.annotations.NullMarked;
