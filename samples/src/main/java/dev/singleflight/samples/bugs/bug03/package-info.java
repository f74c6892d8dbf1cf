/** Bug 3: the tenant is missing from the key, put right. */
@NullMarked
package dev.singleflight.samples.bugs.bug03;

import org.jspecify.annotations.NullMarked;
