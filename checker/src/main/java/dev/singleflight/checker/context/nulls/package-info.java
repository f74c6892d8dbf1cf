/** Whether a value may be null where it is used: followed forward, through what the code checks. */
@NullMarked
package dev.singleflight.checker.context.nulls;

import org.jspecify.annotations.NullMarked;
