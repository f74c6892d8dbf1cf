/** Bug 5: the first caller's request is captured, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug05;

import org.jspecify.annotations.NullMarked;
