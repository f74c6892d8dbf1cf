/** Task 8: tenants who ask for the same key and share nothing. */
@NullMarked
package dev.singleflight.samples.tasks.task08;

import org.jspecify.annotations.NullMarked;
