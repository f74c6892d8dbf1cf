/** Bug 8: the loader reads a variable that the loop has moved on, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug08;

import org.jspecify.annotations.NullMarked;
