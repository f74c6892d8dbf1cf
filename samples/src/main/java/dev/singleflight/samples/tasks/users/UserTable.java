package dev.singleflight.samples.tasks.users;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The users in the database. Each query takes as long as one that joins ten tables, and is counted.
 *
 * <p>Thread-safe.
 */
public final class UserTable {
  private final DataSource database;
  private volatile Duration queryTime;
  private volatile int timeoutSeconds; // 0: none
  private final AtomicInteger queries = new AtomicInteger();

  private UserTable(DataSource database, Duration queryTime) {
    this.database = database;
    this.queryTime = queryTime;
  }

  /** Creates the table if it is missing, and gives users 1 to 100 the names they begin with. */
  public static UserTable create(DataSource database, Duration queryTime) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY, name text NOT NULL);
          INSERT INTO users SELECT id, 'user-' || id FROM generate_series(1, 100) AS id
            ON CONFLICT (id) DO UPDATE SET name = excluded.name
          """);
    }
    return new UserTable(database, queryTime);
  }

  /**
   * Reads a user, slowly.
   *
   * @throws UserNotFoundException if there is none
   * @throws SQLException if the database gave no answer, or none in time
   */
  public User find(long id) throws SQLException {
    queries.incrementAndGet();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT name FROM pg_sleep(?), users WHERE id = ?")) {
      query.setQueryTimeout(timeoutSeconds);
      query.setDouble(1, queryTime.toMillis() / 1_000.0);
      query.setLong(2, id);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new UserNotFoundException(id);
        }
        return new User(id, rows.getString(1));
      }
    }
  }

  /** Changes a user's name. */
  public void rename(long id, String name) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE users SET name = ? WHERE id = ?")) {
      update.setString(1, name);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  /** Makes the queries that begin from now on take as long as this. */
  public void takes(Duration newQueryTime) {
    queryTime = newQueryTime;
  }

  /** Makes the database cancel queries that take longer than so many whole seconds. */
  public void giveUpAfter(Duration timeout) {
    timeoutSeconds = Math.toIntExact(timeout.toSeconds());
  }

  /** Returns how many times {@link #find} has asked the database. */
  public int queries() {
    return queries.get();
  }
}
