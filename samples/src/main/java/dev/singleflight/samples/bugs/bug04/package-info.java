/** Bug 4: an entry is dropped, its load is not, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug04;

import org.jspecify.annotations.NullMarked;
