package test;

import dev.singleflight.annotations.Coalescing;
import dev.singleflight.annotations.Key;
import dev.singleflight.annotations.LoaderArgument;
import java.util.function.Supplier;

/** A user's own methods, named by an option or annotated. */
class Configured {
  interface Memo<V> {
    V get(String key, Supplier<V> loader);

    V other(String key, Supplier<V> loader);
  }

  interface Annotated<V> {
    @Coalescing
    V load(@Key String key, @LoaderArgument Supplier<V> loader);
  }

  private final Object mutex = new Object();

  Domain.User named(Memo<Domain.User> memo, Domain.Repository db, String id) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: while holding 'mutex'
      return memo.get(id, () -> db.findUser(id));
    }
  }

  Domain.User annotated(Annotated<Domain.User> memo, Domain.Repository db, String id) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: while holding 'mutex'
      return memo.load(id, () -> db.findUser(id));
    }
  }

  @Coalescing
  Domain.User declared(Domain.Repository db, @Key String id) {
    return db.findUser(id);
  }

  synchronized Domain.User ofDeclared(Domain.Repository db, String id) {
    // BUG: Diagnostic contains: while holding 'this'
    return declared(db, id);
  }

  Domain.User notNamed(Memo<Domain.User> memo, Domain.Repository db, String id) {
    synchronized (mutex) {
      return memo.other(id, () -> db.findUser(id));
    }
  }
}
