/** One load for many processes. */
@NullMarked
@CheckReturnValue
package dev.singleflight.shared;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
