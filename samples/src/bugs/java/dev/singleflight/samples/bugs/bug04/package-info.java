/** Bug 4: an entry is dropped, its load is not, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug04;

import org.jspecify.annotations.NullMarked;
