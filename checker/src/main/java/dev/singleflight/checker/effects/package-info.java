/** The second question: what does running this code do? */
@NullMarked
package dev.singleflight.checker.effects;

import org.jspecify.annotations.NullMarked;
