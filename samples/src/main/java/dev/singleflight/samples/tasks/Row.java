package dev.singleflight.samples.tasks;

import dev.singleflight.Stats;

/**
 * What a task counted, for the table at the end.
 *
 * @param of what it was counted of
 * @param stats the figures
 */
public record Row(String of, Stats stats) {}
