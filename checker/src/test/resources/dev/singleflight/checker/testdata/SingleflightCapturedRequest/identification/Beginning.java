package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.User;

/** A transaction belongs to whoever began it. */
final class Beginning {
  interface Transaction {
    User read(String id);

    void commit();
  }

  interface Transactions {
    Transaction begin();

    Transaction newTransaction();
  }

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Transactions transactions;

  Beginning(Transactions transactions) {
    this.transactions = transactions;
  }

  User inside(Transactions given, String id) {
    return group.execute(
        id,
        k -> {
          Transaction own = given.begin();
          User user = own.read(k);
          own.commit();
          return user;
        });
  }

  User insideOfField(String id) {
    return group.execute(id, k -> transactions.newTransaction().read(k));
  }

  User outside(String id) {
    Transaction callers = transactions.begin();
    // BUG: Diagnostic contains: 'callers'
    return group.execute(id, k -> callers.read(k));
  }

  User outsideOfParameter(Transactions given, String id) {
    Transaction callers = given.begin();
    // BUG: Diagnostic contains: 'callers'
    return group.execute(id, callers::read);
  }

  User handed(Transaction callers, String id) {
    // BUG: Diagnostic contains: 'callers'
    return group.execute(id, k -> callers.read(k));
  }
}
