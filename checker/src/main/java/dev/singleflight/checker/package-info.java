/** Error Prone checks that find, at compile time, the ways in which coalesced loads go wrong. */
@NullMarked
package dev.singleflight.checker;

import org.jspecify.annotations.NullMarked;
