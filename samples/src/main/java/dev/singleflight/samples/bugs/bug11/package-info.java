/** Bug 11: a shared result is taken for another type, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug11;

import org.jspecify.annotations.NullMarked;
