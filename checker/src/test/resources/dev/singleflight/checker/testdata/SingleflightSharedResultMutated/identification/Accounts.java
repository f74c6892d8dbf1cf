package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives shared values out, to callers in other files. */
class Accounts {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final SingleflightGroup<String, List<Account>> lists = SingleflightGroup.create();
  private final Source source;

  interface Source {
    Account load(String id);

    List<Account> loadAll(String owner);

    List<String> names(String owner);
  }

  Accounts(Source source) {
    this.source = source;
  }

  Account find(String id) {
    return group.execute(id, source::load);
  }

  Account findOrNull(String id) {
    Account account = find(id);
    return account == null || account.isClosed() ? null : account;
  }

  CompletableFuture<Account> findAsync(String id) {
    return group.executeAsync(id, source::load);
  }

  List<Account> all(String owner) {
    return lists.execute(owner, source::loadAll);
  }

  Account findCopy(String id) {
    return group.execute(id, source::load).copy();
  }

  Account direct(String id) {
    return source.load(id);
  }
}
