/** A finding: where it is, what it says, how to mend it. */
@NullMarked
package dev.singleflight.checker.report;

import org.jspecify.annotations.NullMarked;
