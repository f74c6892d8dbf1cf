/** What the methods of a group, called together, may answer: explored by Lincheck. */
@NullMarked
package dev.singleflight.proofs.linearizability;

import org.jspecify.annotations.NullMarked;
