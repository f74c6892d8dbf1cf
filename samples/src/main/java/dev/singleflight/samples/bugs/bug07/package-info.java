/** Bug 7: a lock is held across the load, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug07;

import org.jspecify.annotations.NullMarked;
