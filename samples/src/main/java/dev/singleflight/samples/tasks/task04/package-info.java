/** Task 4: any function made one whose overlapping calls share a run, with its own types. */
@NullMarked
package dev.singleflight.samples.tasks.task04;

import org.jspecify.annotations.NullMarked;
