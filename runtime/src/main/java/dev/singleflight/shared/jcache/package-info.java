/**
 * A shared tier in any cache of <a href="https://jcp.org/en/jsr/detail?id=107">JCache</a> (JSR 107)
 * that many processes share: Hazelcast, Infinispan, Ignite, Redisson and others. Its API has to be
 * on the class path.
 */
@NullMarked
@CheckReturnValue
package dev.singleflight.shared.jcache;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
