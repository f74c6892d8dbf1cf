/** What people would do with the runtime, as programs to run and to read. */
@NullMarked
package dev.singleflight.samples;

import org.jspecify.annotations.NullMarked;
