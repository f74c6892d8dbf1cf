/** Task 6: remembering that there is nothing to find, but not that the database was slow. */
@NullMarked
package dev.singleflight.samples.tasks.task06;

import org.jspecify.annotations.NullMarked;
