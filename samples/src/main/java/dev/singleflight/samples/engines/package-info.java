/** The servers that the samples load from: started here, or somebody's own, named by a URL. */
@NullMarked
package dev.singleflight.samples.engines;

import org.jspecify.annotations.NullMarked;
