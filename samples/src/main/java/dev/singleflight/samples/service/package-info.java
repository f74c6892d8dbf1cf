/**
 * A product catalogue for several tenants, as a service: HTTP before, PostgreSQL behind, and in
 * between a cache that loads each product once however many ask for it.
 *
 * <p>{@code catalogue} is what it knows and how that is cached; {@code database} where it is kept;
 * {@code http} how it is asked. {@code stampede} are many clients at once, whom {@code loadtest}
 * measures and {@code live} shows.
 */
@NullMarked
package dev.singleflight.samples.service;

import org.jspecify.annotations.NullMarked;
