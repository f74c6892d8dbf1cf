/** Bug 2: a shared result is changed, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug02;

import org.jspecify.annotations.NullMarked;
