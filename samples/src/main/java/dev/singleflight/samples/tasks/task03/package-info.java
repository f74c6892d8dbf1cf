/** Task 3: a cache whose entries live for a second, in front of the slow query. */
@NullMarked
package dev.singleflight.samples.tasks.task03;

import org.jspecify.annotations.NullMarked;
