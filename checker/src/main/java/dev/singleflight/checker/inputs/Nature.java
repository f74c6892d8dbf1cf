package dev.singleflight.checker.inputs;

/** Where a value comes from, or what a function makes of its arguments. */
public enum Nature {
  /** Nothing special. */
  PLAIN,
  /** Bound to the thread that reads it. */
  THREAD_BOUND,
  /** The time, to the second or finer. */
  CLOCK,
  /** A new value each time it is asked for. */
  RANDOM,
  /** A number that asking for it changes. */
  COUNTER,
  /** Which object or thread it is, rather than what it holds. */
  IDENTITY,
  /** The time of day or the calendar, coarser than a second: no new value for each call. */
  COARSE_CLOCK,
  /** Keeps all there is to know of its receiver and arguments, in another form. */
  TRANSPARENT,
  /** A short hash: different values may become equal. */
  HASH,
  /** A part of the value: the rest is lost. */
  PART,
  /** Combines its receiver and arguments into something new. */
  OPAQUE;

  /** Whether each evaluation may give another value, for one and the same caller. */
  public boolean isUnstable() {
    return this == CLOCK || this == RANDOM || this == COUNTER || this == IDENTITY;
  }
}
