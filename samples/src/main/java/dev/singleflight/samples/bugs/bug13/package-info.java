/** Bug 13: a copy has a group of its own, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug13;

import org.jspecify.annotations.NullMarked;
