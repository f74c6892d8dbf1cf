package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.*;

class FrozenKeys {
  static class Money {
    final long cents;

    Money(long cents) {
      this.cents = cents;
    }
  }

  static class Coin {
    final long cents;

    Coin(long cents) {
      this.cents = cents;
    }
  }

  private final SingleflightGroup<Object, User> group = SingleflightGroup.create();
  private final Repository db;

  FrozenKeys(Repository db) {
    this.db = db;
  }

  User configured(Money money) {
    return group.execute(money, k -> db.findUser(Long.toString(money.cents)));
  }

  User other(Coin coin) {
    // BUG: Diagnostic contains: no equals
    return group.execute(coin, k -> db.findUser(Long.toString(coin.cents)));
  }
}
