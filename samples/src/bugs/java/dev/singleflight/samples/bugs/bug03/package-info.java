/** Bug 3: the tenant is missing from the key, as it was written. */
@NullMarked
package dev.singleflight.samples.bugs.bug03;

import org.jspecify.annotations.NullMarked;
