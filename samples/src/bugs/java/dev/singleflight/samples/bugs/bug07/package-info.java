/** Bug 7: a lock is held across the load, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug07;

import org.jspecify.annotations.NullMarked;
