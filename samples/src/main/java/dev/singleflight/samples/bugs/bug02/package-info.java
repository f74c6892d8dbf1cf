/** Bug 2: a shared result is changed, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug02;

import org.jspecify.annotations.NullMarked;
