/** Bug 9: a loader uses what is not there, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug09;

import org.jspecify.annotations.NullMarked;
