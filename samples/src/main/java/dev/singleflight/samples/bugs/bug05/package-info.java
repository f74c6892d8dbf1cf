/** Bug 5: the first caller's request is captured, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug05;

import org.jspecify.annotations.NullMarked;
