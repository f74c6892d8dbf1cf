/** Bug 10: the key never comes again, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug10;

import org.jspecify.annotations.NullMarked;
