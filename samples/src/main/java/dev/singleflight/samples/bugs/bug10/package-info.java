/** Bug 10: the key never comes again, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug10;

import org.jspecify.annotations.NullMarked;
