/** What the service knows, and how it is cached. */
@NullMarked
package dev.singleflight.samples.service.catalogue;

import org.jspecify.annotations.NullMarked;
