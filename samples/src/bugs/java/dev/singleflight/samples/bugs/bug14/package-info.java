/** Bug 14: a loader asks for its own key, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug14;

import org.jspecify.annotations.NullMarked;
