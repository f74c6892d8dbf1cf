/** What most tasks load: users, out of a PostgreSQL that takes its time. */
@NullMarked
package dev.singleflight.samples.tasks.users;

import org.jspecify.annotations.NullMarked;
