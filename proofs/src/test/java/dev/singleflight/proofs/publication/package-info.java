/**
 * What threads see of each other's memory, on the real processor, with the real compilers: stressed
 * by jcstress, which counts how often each result was seen.
 */
@NullMarked
package dev.singleflight.proofs.publication;

import org.jspecify.annotations.NullMarked;
