package test;

import dev.singleflight.SingleflightGroup;
import java.text.SimpleDateFormat;
import java.util.Date;
import test.Domain.Repository;
import test.Domain.User;

/** Thread-locals of tools say nothing of the caller, others do. */
final class Scratch {
  private static final ThreadLocal<StringBuilder> BUFFER =
      ThreadLocal.withInitial(StringBuilder::new);
  private static final ThreadLocal<SimpleDateFormat> FORMAT =
      ThreadLocal.withInitial(() -> new SimpleDateFormat("yyyy"));
  private static final ThreadLocal<String> CALLER = new ThreadLocal<>();

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  Scratch(Repository db) {
    this.db = db;
  }

  User tools(String id, Date day) {
    return group.execute(
        id,
        k -> {
          StringBuilder buffer = BUFFER.get();
          buffer.setLength(0);
          return db.findUser(buffer.append(k).append(FORMAT.get().toPattern()).toString());
        });
  }

  User caller(String id) {
    // BUG: Diagnostic contains: Scratch.CALLER
    return group.execute(id, k -> db.findUser(CALLER.get(), k));
  }
}
