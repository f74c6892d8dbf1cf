/** Task 9: what goes on inside, as Prometheus and Grafana show it. */
@NullMarked
package dev.singleflight.samples.tasks.task09;

import org.jspecify.annotations.NullMarked;
