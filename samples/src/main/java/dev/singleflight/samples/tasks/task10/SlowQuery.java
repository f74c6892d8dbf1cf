package dev.singleflight.samples.tasks.task10;

import dev.singleflight.Loader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Has the database take 10 to 50 ms over each key. */
record SlowQuery(DataSource database) implements Loader<Integer, Integer, SQLException> {

  @Override
  public Integer load(Integer key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement("SELECT ? FROM pg_sleep(?)")) {
      query.setInt(1, key);
      query.setDouble(2, ThreadLocalRandom.current().nextDouble(0.010, 0.050));
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("a query without FROM a table has a row");
        }
        return rows.getInt(1);
      }
    }
  }
}
