/** Bug 12: a caller uses a null that its loader returned, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug12;

import org.jspecify.annotations.NullMarked;
