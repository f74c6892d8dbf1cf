package test;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Beans that are changed after the load that shares them. */
class Beans {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final SingleflightGroup<String, Optional<Account>> optionals = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> objects = SingleflightGroup.create();
  private final Accounts accounts;
  private final Accounts.Source source;
  private Account last;

  Beans(Accounts accounts, Accounts.Source source) {
    this.accounts = accounts;
    this.source = source;
  }

  Account setter(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.setState("seen")
    account.setState("seen");
    return account;
  }

  void setterDirectly(String id) {
    // BUG: Diagnostic contains: changes an object
    group.execute(id, source::load).setState("seen");
  }

  void fieldWrite(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.owner = …
    account.owner = "me";
  }

  void increment(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.visits
    account.visits++;
  }

  void compound(String id, int by) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.visits
    account.visits += by;
  }

  void element(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.limits
    account.limits[0] = 5;
  }

  void nestedField(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.parent.owner
    account.parent.owner = "root";
  }

  void nestedGetter(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: setState
    account.getParent().setState("orphan");
  }

  void getterOfList(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.getTags().add("new")
    account.getTags().add("new");
  }

  void getterInLocal(String id) {
    List<String> tags = group.execute(id, source::load).getTags();
    // BUG: Diagnostic contains: tags.clear()
    tags.clear();
  }

  void getterOfMap(String id) {
    // BUG: Diagnostic contains: put("a", "b")
    group.execute(id, source::load).getLabels().put("a", "b");
  }

  void date(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: setTime
    account.getOpened().setTime(0);
  }

  void ownMethod(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.close()
    account.close();
  }

  void ownMethodThroughHelper(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.rename(id)
    account.rename(id);
  }

  void ownCollection(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.tag("x")
    account.tag("x");
  }

  Account fluent(String id) {
    // BUG: Diagnostic contains: owned("me")
    return group.execute(id, source::load).owned("me");
  }

  void touch(SingleflightGroup<String, Domain.User> users, Domain.Repository db, String id) {
    Domain.User user = users.execute(id, db::findUser);
    // BUG: Diagnostic contains: user.touch(1L)
    user.touch(1L);
  }

  void helper(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: mark(account)
    mark(account);
  }

  private void mark(Account account) {
    account.setState("marked");
  }

  void helperTwoLevels(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: remember(account)
    remember(account);
  }

  private void remember(Account account) {
    if (account != null) {
      mark(account);
    }
  }

  void helperInOtherFile(String id) {
    // BUG: Diagnostic contains: AccountTools.markSeen
    AccountTools.markSeen(group.execute(id, source::load));
  }

  Account helperReturning(String id) {
    // BUG: Diagnostic contains: AccountTools.normalize
    return AccountTools.normalize(group.execute(id, source::load));
  }

  void helperOfSecondParameter(String id, Account mine) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: AccountTools.fill(account, mine)
    AccountTools.fill(account, mine);
  }

  private Account load(String id) {
    return group.execute(id, source::load);
  }

  void returnedByHelper(String id) {
    Account account = load(id);
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void returnedByOtherFile(String id) {
    Account account = accounts.find(id);
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void returnedThroughTernary(String id) {
    Account account = accounts.findOrNull(id);
    if (account != null) {
      // BUG: Diagnostic contains: account.owner
      account.owner = id;
    }
  }

  void ternary(String id, Account given) {
    Account account = given != null ? given : group.execute(id, source::load);
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void branches(String id, Account given) {
    Account account;
    if (given != null) {
      account = given;
    } else {
      account = group.execute(id, source::load);
    }
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void switched(String kind, String id) {
    Account account =
        switch (kind) {
          case "shared" -> group.execute(id, source::load);
          default -> new Account();
        };
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void cast(String id) {
    Object value = objects.execute(id, source::load);
    // BUG: Diagnostic contains: setState
    ((Account) value).setState("seen");
  }

  void castIntoLocal(String id) {
    Account account = (Account) objects.execute(id, source::load);
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void pattern(String id) {
    if (objects.execute(id, source::load) instanceof Account account) {
      // BUG: Diagnostic contains: account.setState
      account.setState("seen");
    }
  }

  void patternOfLocal(String id) {
    Object value = objects.execute(id, source::load);
    if (value instanceof Account account && !account.isClosed()) {
      // BUG: Diagnostic contains: account.close()
      account.close();
    }
  }

  void sharedResult(String id) {
    SharedResult<Account> result = group.executeShared(id, source::load);
    if (result.isShared()) {
      // BUG: Diagnostic contains: setState
      result.value().setState("shared");
    }
  }

  void sharedResultInLocal(String id) {
    Account account = group.executeShared(id, source::load).value();
    // BUG: Diagnostic contains: account.visits
    account.visits = 1;
  }

  void optional(String id) {
    // BUG: Diagnostic contains: a.setState("seen")
    Optional.ofNullable(group.execute(id, source::load)).ifPresent(a -> a.setState("seen"));
  }

  void optionalResult(String id) {
    // BUG: Diagnostic contains: a.setState("seen")
    optionals.execute(id, k -> Optional.of(source.load(k))).ifPresent(a -> a.setState("seen"));
  }

  void optionalUnwrapped(String id) {
    Account account = optionals.execute(id, k -> Optional.of(source.load(k))).orElseThrow();
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void required(String id) {
    Account account = Objects.requireNonNull(group.execute(id, source::load), "account");
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void joined(String id) {
    Account account = group.executeAsync(id, source::load).join();
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  void gotten(String id) throws Exception {
    CompletableFuture<Account> future = group.executeAsync(id, source::load);
    Account account = future.get();
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
  }

  CompletableFuture<Void> thenAccept(String id) {
    // BUG: Diagnostic contains: a.setState("seen")
    return group.executeAsync(id, source::load).thenAccept(a -> a.setState("seen"));
  }

  CompletableFuture<Account> thenApply(String id) {
    return group
        .executeAsync(id, source::load)
        .thenApply(
            a -> {
              // BUG: Diagnostic contains: a.owner = …
              a.owner = "me";
              return a;
            });
  }

  void whenComplete(String id) {
    group
        .executeAsync(id, source::load)
        .whenComplete(
            (a, failure) -> {
              if (failure == null) {
                // BUG: Diagnostic contains: a.close()
                a.close();
              }
            });
  }

  void asyncOfOtherFile(String id) {
    // BUG: Diagnostic contains: a.setState("seen")
    accounts.findAsync(id).thenAccept(a -> a.setState("seen"));
  }

  void methodReference(String id) {
    // BUG: Diagnostic contains: Account::close
    group.executeAsync(id, source::load).thenAccept(Account::close);
  }

  void helperReference(String id) {
    // BUG: Diagnostic contains: AccountTools::markSeen
    Optional.ofNullable(load(id)).ifPresent(AccountTools::markSeen);
  }

  void alias(String id) {
    Account account = group.execute(id, source::load);
    Account same = account;
    // BUG: Diagnostic contains: same.setState
    same.setState("seen");
  }

  void throughField(String id) {
    last = group.execute(id, source::load);
    // BUG: Diagnostic contains: last.setState
    last.setState("seen");
  }

  void conditional(String id, boolean audit) {
    Account account = group.execute(id, source::load);
    if (audit) {
      // BUG: Diagnostic contains: account.visits
      account.visits = account.visits + 1;
    }
  }

  void inFinally(String id) {
    Account account = group.execute(id, source::load);
    try {
      AccountTools.describe(account);
    } finally {
      // BUG: Diagnostic contains: account.setState
      account.setState("seen");
    }
  }

  Account copiedTooLate(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.setState
    account.setState("seen");
    return account.copy();
  }

  void shallowClone(String id) {
    Account mine = group.execute(id, source::load);
    Account original = mine;
    mine = new Account();
    mine.setState("fresh");
    // BUG: Diagnostic contains: original.setState
    original.setState("seen");
  }

  Runnable inLambda(String id) {
    Account account = group.execute(id, source::load);
    // BUG: Diagnostic contains: account.close()
    return () -> account.close();
  }
}
