package test;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The failure that every caller of a flight gets as the same instance. */
class Failures {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Accounts accounts;

  interface Remote {
    Account load(String id) throws IOException;
  }

  private final Remote remote;

  Failures(Accounts accounts, Remote remote) {
    this.accounts = accounts;
    this.remote = remote;
  }

  Account suppressed(String id) throws IOException {
    try {
      return group.execute(id, k -> remote.load(k));
    } catch (IOException e) {
      // BUG: Diagnostic contains: e.addSuppressed
      e.addSuppressed(new IllegalStateException(id));
      throw e;
    }
  }

  Account cause(String id, Throwable cause) {
    try {
      return group.execute(id, k -> accounts.direct(k));
    } catch (IllegalStateException e) {
      // BUG: Diagnostic contains: e.initCause(cause)
      e.initCause(cause);
      throw e;
    }
  }

  Account stack(String id) {
    try {
      return accounts.find(id);
    } catch (RuntimeException e) {
      // BUG: Diagnostic contains: e.setStackTrace
      e.setStackTrace(new StackTraceElement[0]);
      throw e;
    }
  }

  Account multi(String id) {
    try {
      Account account = group.execute(id, k -> accounts.direct(k));
      return account.copy();
    } catch (IllegalStateException | IllegalArgumentException e) {
      // BUG: Diagnostic contains: e.addSuppressed
      e.addSuppressed(new Exception(id));
      throw e;
    }
  }

  Account helper(String id) {
    try {
      return group.execute(id, k -> accounts.direct(k));
    } catch (RuntimeException e) {
      // BUG: Diagnostic contains: annotate(e, id)
      annotate(e, id);
      throw e;
    }
  }

  private static void annotate(Exception e, String id) {
    e.addSuppressed(new Exception("while loading " + id));
  }

  CompletableFuture<Account> exceptionally(String id) {
    return group
        .executeAsync(id, k -> accounts.direct(k))
        .exceptionally(
            e -> {
              // BUG: Diagnostic contains: e.addSuppressed
              e.addSuppressed(new Exception(id));
              return null;
            });
  }

  Account wrapped(String id) {
    try {
      return group.execute(id, k -> accounts.direct(k));
    } catch (RuntimeException e) {
      IllegalStateException mine = new IllegalStateException("could not load " + id, e);
      mine.addSuppressed(new Exception(id));
      throw mine;
    }
  }

  Account ofSomethingElse(String id) {
    Account account = group.execute(id, k -> accounts.direct(k));
    try {
      return remote.load(id);
    } catch (IOException e) {
      e.addSuppressed(new Exception(id));
      return account;
    }
  }

  Account beforeItIsShared(String id) throws IOException {
    return group.execute(
        id,
        k -> {
          try {
            return remote.load(k);
          } catch (IOException e) {
            e.addSuppressed(new Exception(k));
            throw e;
          }
        });
  }

  Account suppressedIntoNew(String id) throws IOException {
    IOException all = new IOException(id);
    try {
      return group.execute(id, k -> accounts.direct(k));
    } catch (RuntimeException e) {
      all.addSuppressed(e);
      throw all;
    }
  }

  String readOnly(String id) {
    try {
      return group.execute(id, k -> accounts.direct(k)).getState();
    } catch (RuntimeException e) {
      return e.getMessage() + e.getSuppressed().length + e.getStackTrace().length;
    }
  }

  Account inOtherTry(String id) throws IOException {
    try {
      return group.execute(id, k -> accounts.direct(k));
    } catch (RuntimeException shared) {
      try {
        return remote.load(id);
      } catch (IOException own) {
        own.addSuppressed(shared);
        throw own;
      }
    }
  }
}
