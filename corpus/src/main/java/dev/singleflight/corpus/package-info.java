/** What the checks say about published code that nobody here wrote. */
@NullMarked
package dev.singleflight.corpus;

import org.jspecify.annotations.NullMarked;
