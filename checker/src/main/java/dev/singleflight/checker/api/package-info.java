/**
 * Which methods coalesce, and what holds for each of them: rows of a table, annotations, options.
 */
@NullMarked
package dev.singleflight.checker.api;

import org.jspecify.annotations.NullMarked;
