/** Bug 6: a failure is cached, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug06;

import org.jspecify.annotations.NullMarked;
