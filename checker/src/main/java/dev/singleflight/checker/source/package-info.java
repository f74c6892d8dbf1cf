/**
 * What javac knows of the sources of this call: trees of symbols, members and the definitions in
 * them.
 */
@NullMarked
package dev.singleflight.checker.source;

import org.jspecify.annotations.NullMarked;
