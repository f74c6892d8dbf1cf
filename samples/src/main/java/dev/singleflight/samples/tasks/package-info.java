/**
 * Twelve tasks, each a small program: what coalescing is for, from the first hundred callers to
 * caches in two tiers.
 */
@NullMarked
package dev.singleflight.samples.tasks;

import org.jspecify.annotations.NullMarked;
