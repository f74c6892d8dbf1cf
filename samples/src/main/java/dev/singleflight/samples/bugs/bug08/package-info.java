/** Bug 8: the loader reads a variable that the loop has moved on, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug08;

import org.jspecify.annotations.NullMarked;
