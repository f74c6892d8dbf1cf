/** Where the catalogue is kept: PostgreSQL. */
@NullMarked
package dev.singleflight.samples.service.database;

import org.jspecify.annotations.NullMarked;
