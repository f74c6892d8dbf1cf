/** How the service is asked. */
@NullMarked
package dev.singleflight.samples.service.http;

import org.jspecify.annotations.NullMarked;
