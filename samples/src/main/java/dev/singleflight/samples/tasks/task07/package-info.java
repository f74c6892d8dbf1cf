/** Task 7: a loader that fails, in ways in which code is not expected to fail. */
@NullMarked
package dev.singleflight.samples.tasks.task07;

import org.jspecify.annotations.NullMarked;
