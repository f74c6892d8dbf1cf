package test;

import dev.singleflight.annotations.Coalescing;
import dev.singleflight.annotations.Key;
import dev.singleflight.annotations.LoaderArgument;
import dev.singleflight.annotations.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A user's own coalescing methods, and results that are declared to be shared. */
class Declared {
  interface Memo<V> {
    @Coalescing
    V get(@Key String key, @LoaderArgument Supplier<V> loader);
  }

  @interface Own {
    @interface Coalescing {}
  }

  interface OwnMemo<V> {
    @Own.Coalescing
    V load(String key, Function<String, V> loader);
  }

  interface Plain<V> {
    V get(String key, Supplier<V> loader);
  }

  interface Directory {
    @Shared
    Account byName(String name);

    Account fresh(String name);

    Settings settings();
  }

  @Shared
  interface Settings {
    void setColour(String colour);

    Settings copy();
  }

  void annotated(Memo<Account> memo, Accounts.Source source, String id) {
    Account account = memo.get(id, () -> source.load(id));
    // BUG: Diagnostic contains: account.setState("seen")
    account.setState("seen");
  }

  void ownAnnotation(OwnMemo<List<String>> memo, Accounts.Source source, String id) {
    // BUG: Diagnostic contains: add(id)
    memo.load(id, source::names).add(id);
  }

  @Coalescing
  Account declaredMethod(@Key String id) {
    Account account = new Account();
    account.setState("loaded");
    return account;
  }

  void callsDeclared(String id) {
    Account account = declaredMethod(id);
    // BUG: Diagnostic contains: account.close()
    account.close();
  }

  void sharedResult(Directory directory) {
    // BUG: Diagnostic contains: setState("seen")
    directory.byName("me").setState("seen");
  }

  @Shared
  private Account cached() {
    return new Account();
  }

  void sharedHelper() {
    // BUG: Diagnostic contains: cached().close()
    cached().close();
  }

  void sharedType(Directory directory) {
    // BUG: Diagnostic contains: setColour
    directory.settings().setColour("red");
  }

  void sharedTypeCopied(Directory directory) {
    directory.settings().copy().setColour("red");
  }

  void notShared(Directory directory) {
    directory.fresh("me").setState("seen");
  }

  void notDeclared(Plain<Account> plain, Accounts.Source source, String id) {
    plain.get(id, () -> source.load(id)).setState("seen");
  }

  void copied(Memo<List<String>> memo, Accounts.Source source, String id) {
    List<String> own = new ArrayList<>(memo.get(id, () -> source.names(id)));
    own.add(id);
  }

  void helperOfShared(Directory directory) {
    Account own = directory.byName("me").copy();
    own.setState("mine");
  }

  /** Of the same name, and about something else. */
  static final class Loaders {
    @interface Shared {
      String scope() default "";
    }
  }

  @Loaders.Shared(scope = "tests")
  interface Keyspace {
    void setSnitch(String snitch);
  }

  interface Keyspaces {
    Keyspace byName(String name);
  }

  void otherAnnotation(Keyspaces keyspaces) {
    keyspaces.byName("system").setSnitch("simple");
  }
}
