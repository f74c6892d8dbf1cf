package test;

import java.util.function.Supplier;

/** Methods and types that only options name. */
class Configured {
  static class Memo<V> {
    V get(String key, Supplier<V> loader) {
      return loader.get();
    }

    V other(String key, Supplier<V> loader) {
      return loader.get();
    }
  }

  static class Money {
    private long cents;

    void round() {
      cents = 0;
    }
  }

  void named(Memo<Domain.User> memo, Domain.Repository db, String id) {
    Domain.User user = memo.get(id, () -> db.findUser(id));
    // BUG: Diagnostic contains: user.setName("x")
    user.setName("x");
  }

  void notNamed(Memo<Domain.User> memo, Domain.Repository db, String id) {
    memo.other(id, () -> db.findUser(id)).setName("x");
  }

  void immutableByOption(Memo<Money> memo, String id) {
    memo.get(id, Money::new).round();
  }
}
