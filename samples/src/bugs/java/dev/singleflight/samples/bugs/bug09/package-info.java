/** Bug 9: a loader uses what is not there, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug09;

import org.jspecify.annotations.NullMarked;
