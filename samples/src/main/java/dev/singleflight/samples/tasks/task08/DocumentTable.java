package dev.singleflight.samples.tasks.task08;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Documents of all tenants, in one table of a slow database. */
final class DocumentTable {
  private final DataSource database;
  private final Duration queryTime;
  private final AtomicInteger queries = new AtomicInteger();

  private DocumentTable(DataSource database, Duration queryTime) {
    this.database = database;
    this.queryTime = queryTime;
  }

  /** Creates the table if it is missing, with a document "terms" for each of three tenants. */
  static DocumentTable create(DataSource database, Duration queryTime) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS documents (
            tenant text, id text, text text NOT NULL, PRIMARY KEY (tenant, id));
          INSERT INTO documents SELECT tenant, 'terms', 'the terms of ' || tenant
            FROM unnest(ARRAY['acme', 'umbrella', 'initech']) AS tenant
            ON CONFLICT DO NOTHING
          """);
    }
    return new DocumentTable(database, queryTime);
  }

  String find(String tenant, String id) throws SQLException {
    queries.incrementAndGet();
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT text FROM pg_sleep(?), documents WHERE tenant = ? AND id = ?")) {
      query.setDouble(1, queryTime.toMillis() / 1_000.0);
      query.setString(2, tenant);
      query.setString(3, id);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalArgumentException(tenant + " has no document " + id);
        }
        return rows.getString(1);
      }
    }
  }

  int queries() {
    return queries.get();
  }
}
