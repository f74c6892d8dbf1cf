/**
 * Shows groups and loaders to <a href="https://micrometer.io">Micrometer</a>. Needs {@code
 * io.micrometer:micrometer-core}, which this library's users bring themselves.
 */
@NullMarked
@CheckReturnValue
package dev.singleflight.micrometer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
