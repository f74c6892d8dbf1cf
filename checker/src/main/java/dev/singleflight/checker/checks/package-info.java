/** The checks, each a short statement over the three analyses. */
@NullMarked
package dev.singleflight.checker.checks;

import org.jspecify.annotations.NullMarked;
