/** Task 10: many threads, few keys, and how large a share of the calls is spared a load. */
@NullMarked
package dev.singleflight.samples.tasks.task10;

import org.jspecify.annotations.NullMarked;
