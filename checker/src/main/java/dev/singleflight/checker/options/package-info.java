/** The one place that knows which compiler options the checker takes. */
@NullMarked
package dev.singleflight.checker.options;

import org.jspecify.annotations.NullMarked;
