/** Bug 6: a failure is cached, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug06;

import org.jspecify.annotations.NullMarked;
