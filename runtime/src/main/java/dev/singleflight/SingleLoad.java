package dev.singleflight;

import org.jspecify.annotations.Nullable;

/** The load of one flight. */
record SingleLoad<K, V extends @Nullable Object>(
    Flight<K, V> flight, Loader<? super K, ? extends V, ?> loader) implements Load {

  @Override
  public void run(boolean detached) {
    flight.run(loader, detached);
  }

  @Override
  public void fail(Throwable cause, boolean detached) {
    flight.fail(cause, detached);
  }

  @Override
  public boolean isUnderWay() {
    return flight.runner != null || flight.outcome() != null;
  }

  @Override
  public InFlightLimit.Turn turn() {
    return flight.turn();
  }
}
