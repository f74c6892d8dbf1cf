/** Task 12: who calls after a write sees what was written. */
@NullMarked
package dev.singleflight.samples.tasks.task12;

import org.jspecify.annotations.NullMarked;
