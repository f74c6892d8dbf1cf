package dev.singleflight.samples.tasks.users;

/** A row of the table of users. Immutable, as what many callers are given at once has to be. */
public record User(long id, String name) {}
