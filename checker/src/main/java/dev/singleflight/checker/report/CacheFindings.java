package dev.singleflight.checker.report;

import dev.singleflight.checker.context.CrossedLocks.CrossedLock;
import dev.singleflight.checker.context.LockedLoads.LockedLoad;
import dev.singleflight.checker.context.LockedWaits.LockedWait;
import dev.singleflight.checker.context.Recursions.Recursion;
import dev.singleflight.checker.effects.Act;
import dev.singleflight.checker.inputs.StoreKinds;

/** How findings about what runs under the lock of a map or a memoizer are worded. */
public final class CacheFindings {
  private CacheFindings() {}

  public static Finding of(Recursion recursion) {
    String way = String.join(" → ", recursion.act().way());
    boolean attached = recursion.act().attached();
    String failure =
        switch (recursion.store()) {
          case HASH ->
              "a HashMap or TreeMap that is changed while it computes throws"
                  + " ConcurrentModificationException";
          case GUAVA -> "the cache finds that it loads this very key and throws \"Recursive load\"";
          case CAFFEINE ->
              "the cache holds the lock of an entry, so it throws \"Recursive update\" or hangs as"
                  + " soon as both keys fall into one bin of its table";
          default ->
              "the map holds the lock of a bin, so it throws \"Recursive update\" or hangs as soon"
                  + " as both keys fall into one bin";
        };
    return Finding.of(
            recursion.at(),
            "The function that "
                + recursion.site().name()
                + " runs updates the same "
                + (recursion.store() == StoreKinds.Kind.CAFFEINE
                        || recursion.store() == StoreKinds.Kind.GUAVA
                    ? "cache"
                    : "map")
                + " ("
                + way
                + ")"
                + (attached ? ", at once if the future is done by then" : "")
                + ": "
                + failure
                + ". "
                + (attached
                    ? "Attach the callback after the entry is there, or run it on an executor."
                    : "Make what it needs before the call, or put what else it has made after it."))
        .because("the map is a " + recursion.store() + " and the way back is " + way);
  }

  public static Finding of(LockedLoad load) {
    String way = String.join(" → ", load.act().way());
    String lock = "'" + load.lock().words() + "'";
    return Finding.of(
            load.at(),
            (load.act().kind() == Act.Kind.REMOTE ? "This asks another process (" : "This waits (")
                + way
                + ") to fill '"
                + load.store().name
                + "' while holding "
                + lock
                + (load.again()
                    ? ", and nobody looks at the field again once it has the lock: those who waited"
                        + " for it all ask once more. Look again inside the lock"
                    : ": for as long as it takes, callers of every other key wait for that lock."
                        + " Load without it, or under a lock of the key's own, and take it to store"
                        + " the result")
                + ".")
        .because(load.act().method().owner + "." + load.act().method().name + ", by " + way);
  }

  public static Finding of(CrossedLock crossed) {
    String lock = "'" + crossed.lock().words() + "'";
    String change = "'" + Words.line(crossed.change().toString()) + "'";
    return Finding.of(
            crossed.at(),
            "The function that "
                + crossed.site().name()
                + " runs takes "
                + lock
                + " while the map holds the lock of a bin, and "
                + change
                + " wants the bin while "
                + lock
                + " is held: two threads that do both at once wait for each other for ever. Take the"
                + " lock before the call or after it, or change the map without it.")
        .because("the map is changed by " + change + " under " + lock);
  }

  public static Finding of(LockedWait wait) {
    String way = String.join(" → ", wait.act().way());
    return Finding.of(
            wait.at(),
            "The function that "
                + wait.site().name()
                + " runs "
                + (wait.act().kind() == Act.Kind.REMOTE ? "asks another process" : "waits")
                + " ("
                + way
                + ") while the map holds the lock of a bin: callers of other keys in that bin wait as"
                + " long, and so does whoever makes the map grow. Do it before the call, or keep a"
                + " future in the map and complete it outside.")
        .because(wait.act().method().owner + "." + wait.act().method().name + " waits, by " + way);
  }
}
