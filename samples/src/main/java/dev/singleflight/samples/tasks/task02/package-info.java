/** Task 2: the first loader that most people write. */
@NullMarked
package dev.singleflight.samples.tasks.task02;

import org.jspecify.annotations.NullMarked;
