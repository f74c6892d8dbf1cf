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

  Domain.User named(Memo<Domain.User> memo, Domain.Repository db, String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return memo.get(id, () -> memo.get(id, () -> db.findUser(id)));
  }

  Domain.User annotated(Annotated<Domain.User> memo, Domain.Repository db, String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return memo.load(id, () -> annotated(memo, db, id));
  }

  @Coalescing
  Domain.User declared(Domain.Repository db, @Key String id) {
    if (id.isEmpty()) {
      return db.findUser(id);
    }
    // BUG: Diagnostic contains: for the key 'id'
    return declared(db, id);
  }

  @Coalescing
  Domain.User declaredOtherKey(Domain.Repository db, @Key String id) {
    return id.isEmpty() ? db.findUser(id) : declaredOtherKey(db, id.substring(1));
  }

  Domain.User otherKey(Memo<Domain.User> memo, Domain.Repository db, String id) {
    return memo.get(id, () -> memo.get("base:" + id, () -> db.findUser(id)));
  }

  Domain.User notNamed(Memo<Domain.User> memo, Domain.Repository db, String id) {
    return memo.other(id, () -> memo.other(id, () -> db.findUser(id)));
  }
}
