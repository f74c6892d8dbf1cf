package dev.singleflight.checker.api;

/** What holds for a method that takes a key and a loader. */
public enum Trait {
  /** Overlapping calls with equal keys share one run of the loader. */
  COALESCES,
  /** What runs under the key is no longer joined: a load after it is another flight. */
  FORGETS,
  /** The caller waits until the value is there. */
  BLOCKS,
  /** The caller gets a future of the value. */
  ASYNC,
  /** What the loader returned is handed to later callers too. */
  CACHES,
  /** A lock of the map or cache is held while the loader runs. */
  HOLDS_LOCK,
  /** The loader is kept, and run by other calls than this one: those of the object returned. */
  KEEPS_LOADER,
  /** Makes a group, map or cache of its own. */
  CREATES,
  /** Gives one of many groups: the key chooses which. */
  SELECTS,
  /** The method carries its loader in its own body: an annotation coalesces or caches it. */
  DECLARED,
  /** What stands for the loader is the value itself: it was loaded before the call. */
  VALUE,
  /** Callers with equal keys that overlap wait for one run of the loader, in a cache of others. */
  JOINS,
  /** All callers are handed the same object, as far as the cache keeps its entries in memory. */
  SHARES,
  /** Entries may go by age or by number: the cache can be told so. */
  EXPIRES,
  /** The key is a collection, of which each element is a key. */
  BULK,
  /** Gives another view of the same entries: the view is the cache itself. */
  VIEWS,
}
