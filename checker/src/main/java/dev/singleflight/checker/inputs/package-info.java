/** The first question: what is this value made of? */
@NullMarked
package dev.singleflight.checker.inputs;

import org.jspecify.annotations.NullMarked;
