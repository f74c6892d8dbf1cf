package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import test.Domain.Logger;
import test.Domain.Repository;
import test.Domain.User;

/** What the caller decides about how a value is loaded, and not about the value. */
class DecidesNothing {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;
  private final Logger log;
  private final ExecutorService slow;
  private final ExecutorService fast;

  DecidesNothing(Repository db, Logger log, ExecutorService slow, ExecutorService fast) {
    this.db = db;
    this.log = log;
    this.slow = slow;
    this.fast = fast;
  }

  User executorOnly(Principal principal, String id) {
    ExecutorService pool = principal.getName().startsWith("batch") ? slow : fast;
    return users.execute(
        id, () -> CompletableFuture.supplyAsync(() -> db.findUser(id), pool).join());
  }

  User whetherItIsLogged(HttpServletRequest request, String id) {
    boolean trace = "on".equals(request.getHeader("X-Trace"));
    return users.execute(
        id,
        () -> {
          User user = db.findUser(id);
          if (trace) {
            log.info("loaded {}", id);
          }
          return user;
        });
  }

  User whetherAnybodyIsThere(Principal principal, String id) {
    String key = principal == null ? "anonymous:" + id : principal.getName() + ":" + id;
    return users.execute(
        key, () -> principal == null ? db.findUser(id) : db.findUser(principal.getName(), id));
  }

  User whichLoader(Principal principal, String id) {
    Supplier<User> loader =
        principal.getName().equals("root") ? () -> db.findUser("all", id) : () -> db.findUser(id);
    // BUG: Diagnostic contains: reads '
    return users.execute(id, loader::get);
  }

  User whetherItIsLoaded(HttpServletRequest request, String id) {
    boolean preview = "on".equals(request.getHeader("X-Preview"));
    return users.execute(
        id,
        () -> {
          // BUG: Diagnostic contains: reads '
          if (preview) {
            log.info("preview {}", id);
            return null;
          }
          return db.findUser(id);
        });
  }
}
