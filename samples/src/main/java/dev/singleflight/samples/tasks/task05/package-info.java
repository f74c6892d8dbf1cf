/** Task 5: callers who give up, and a load that goes on. */
@NullMarked
package dev.singleflight.samples.tasks.task05;

import org.jspecify.annotations.NullMarked;
