/** Bug 13: a copy has a group of its own, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug13;

import org.jspecify.annotations.NullMarked;
