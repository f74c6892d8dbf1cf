/** Bug 1: a read that is not cached, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug01;

import org.jspecify.annotations.NullMarked;
