/**
 * What people get wrong about coalescing: each bug, which javac refuses, and how to put it right.
 */
@NullMarked
package dev.singleflight.samples.bugs;

import org.jspecify.annotations.NullMarked;
