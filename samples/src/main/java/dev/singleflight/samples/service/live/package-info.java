/** Shows stampedes on a web page while they happen. */
@NullMarked
package dev.singleflight.samples.service.live;

import org.jspecify.annotations.NullMarked;
