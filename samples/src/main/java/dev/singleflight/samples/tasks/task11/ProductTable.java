package dev.singleflight.samples.tasks.task11;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Products with their prices in euros, in a slow database: the source of all tiers. */
final class ProductTable {
  private final DataSource database;
  private final Duration queryTime;
  private final AtomicInteger queries = new AtomicInteger();

  private ProductTable(DataSource database, Duration queryTime) {
    this.database = database;
    this.queryTime = queryTime;
  }

  /** Creates the table if it is missing, with a hundred products. */
  static ProductTable create(DataSource database, Duration queryTime) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS products (id bigint PRIMARY KEY, euros numeric NOT NULL);
          INSERT INTO products SELECT id, id + 0.5 FROM generate_series(1, 100) AS id
            ON CONFLICT DO NOTHING
          """);
    }
    return new ProductTable(database, queryTime);
  }

  BigDecimal euros(long product) throws SQLException {
    queries.incrementAndGet();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT euros FROM pg_sleep(?), products WHERE id = ?")) {
      query.setDouble(1, queryTime.toMillis() / 1_000.0);
      query.setLong(2, product);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalArgumentException("there is no product " + product);
        }
        return rows.getBigDecimal(1);
      }
    }
  }

  int queries() {
    return queries.get();
  }
}
