/** A coalescing call, recognised once and shared by all checks. */
@NullMarked
package dev.singleflight.checker.site;

import org.jspecify.annotations.NullMarked;
