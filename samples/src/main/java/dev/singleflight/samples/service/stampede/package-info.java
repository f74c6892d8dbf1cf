/** Many clients who ask for the same few products at the same time. */
@NullMarked
package dev.singleflight.samples.service.stampede;

import org.jspecify.annotations.NullMarked;
