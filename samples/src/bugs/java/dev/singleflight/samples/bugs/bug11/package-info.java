/** Bug 11: a shared result is taken for another type, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug11;

import org.jspecify.annotations.NullMarked;
