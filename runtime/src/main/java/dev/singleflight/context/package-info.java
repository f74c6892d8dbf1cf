/**
 * Carries a leader's context over to detached loads by <a
 * href="https://docs.micrometer.io/context-propagation/reference/">Micrometer's context
 * propagation</a>. Needs {@code io.micrometer:context-propagation}, which this library's users
 * bring themselves.
 */
@NullMarked
@CheckReturnValue
package dev.singleflight.context;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
