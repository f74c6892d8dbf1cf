/** Retries are left to a library made for them, inside the loader. */
@NullMarked
package dev.singleflight.samples.retry;

import org.jspecify.annotations.NullMarked;
