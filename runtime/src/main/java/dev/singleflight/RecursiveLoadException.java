package dev.singleflight;

/**
 * Thrown instead of waiting forever: the flight that a call was about to wait for cannot end before
 * the call itself does.
 *
 * <p>That is so when a loader calls its own group with its own key, on its own thread or through a
 * load of another key; and when loads on several threads wait for each other in a circle, be it
 * within one group or across groups. The message names the keys, in the order in which they wait.
 *
 * <p>It is thrown by the call that would have closed the circle. Thrown out of a loader it becomes
 * the failure of that loader's flight, so the other callers in the circle get it too. Where several
 * threads close one circle at the same instant more than one of them may throw.
 */
public final class RecursiveLoadException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  RecursiveLoadException(String message) {
    super(message);
  }
}
