/**
 * A shared tier in <a href="https://redis.io">Redis</a>, by the client <a
 * href="https://lettuce.io">Lettuce</a>, which has to be on the class path.
 */
@NullMarked
@CheckReturnValue
package dev.singleflight.shared.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
