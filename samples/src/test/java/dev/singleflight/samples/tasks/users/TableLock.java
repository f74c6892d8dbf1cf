package dev.singleflight.samples.tasks.users;

import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** A lock on a table: while it is held, queries begin and do not end. */
public final class TableLock {

  private TableLock() {}

  /** Does something while the lock is held. */
  public static <T> T during(String table, DataSource database, Callable<T> action)
      throws Exception {
    try (Connection transaction = database.getConnection();
        Statement statement = transaction.createStatement()) {
      transaction.setAutoCommit(false);
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      try {
        return action.call();
      } finally {
        transaction.rollback();
      }
    }
  }
}
