/** Coalesces concurrent calls for the same key into one load. */
@NullMarked
@CheckReturnValue
package dev.singleflight;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
