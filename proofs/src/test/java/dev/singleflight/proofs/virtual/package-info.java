/** Callers that are virtual threads, as many as a server may have. */
@NullMarked
package dev.singleflight.proofs.virtual;

import org.jspecify.annotations.NullMarked;
