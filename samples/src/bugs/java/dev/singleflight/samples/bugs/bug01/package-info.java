/** Bug 1: a read that is not cached, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug01;

import org.jspecify.annotations.NullMarked;
