package dev.singleflight.samples.engines;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL to load from: the one that {@code -Dsingleflight.postgres.url} (or {@code
 * SINGLEFLIGHT_POSTGRES_URL}) names, or else one that is started here and is gone when it is
 * closed.
 *
 * <p>The samples keep to a schema of their own, {@value #SCHEMA}, which is created where it is
 * missing. On a server that was named it stays.
 *
 * <p>Thread-safe.
 */
public final class Postgres implements AutoCloseable {
  static final String SCHEMA = "singleflight_samples";
  static final Setting URL = new Setting("singleflight.postgres.url");

  private final String url;
  private final PGSimpleDataSource dataSource;
  private final @Nullable EmbeddedPostgres embedded;

  private Postgres(String url, @Nullable EmbeddedPostgres embedded) {
    this.url = url;
    this.dataSource = new PGSimpleDataSource();
    this.embedded = embedded;
    dataSource.setUrl(url);
    dataSource.setCurrentSchema(SCHEMA);
  }

  /**
   * Reaches the server that was named, or starts one, which takes some seconds.
   *
   * @throws EngineException if the server cannot be reached or started
   */
  public static Postgres start() {
    Optional<String> url = URL.value();
    return url.isPresent() ? named(url.get()) : embedded();
  }

  /** Returns the JDBC URL by which others reach it. */
  public String url() {
    return url;
  }

  /** Returns connections that are opened when asked for, and closed when they are given back. */
  public DataSource dataSource() {
    return dataSource;
  }

  /**
   * Returns a pool that opens connections as they are needed. It is the caller's to close, before
   * this.
   *
   * @param name what its threads and its messages are named by
   * @param connections how many there are at most
   */
  public HikariDataSource pool(String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(dataSource);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }

  /** Stops the server if it was started here. */
  @Override
  public void close() {
    if (embedded == null) {
      return;
    }
    try {
      embedded.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL was not stopped", e);
    }
  }

  private static Postgres named(String url) {
    Postgres postgres;
    try {
      postgres = new Postgres(url, null);
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          URL + " is to be like jdbc:postgresql://host/database?user=…&password=…", e);
    }
    try {
      return withSchema(postgres);
    } catch (SQLException e) {
      throw new EngineException(
          "PostgreSQL, named by " + URL + ", does not let us in: " + e.getMessage(), e);
    }
  }

  private static Postgres embedded() {
    try {
      EmbeddedPostgres embedded = EmbeddedPostgres.start();
      return withSchema(new Postgres(embedded.getJdbcUrl("postgres", "postgres"), embedded));
    } catch (IOException | SQLException | RuntimeException e) {
      throw notStarted(e);
    }
  }

  private static EngineException notStarted(Exception cause) {
    return new EngineException(
        "PostgreSQL does not start here ("
            + cause.getMessage()
            + "). It refuses to run as root where user namespaces are forbidden, as in many"
            + " containers: run as another user, or name a server by "
            + URL
            + ".",
        cause);
  }

  private static Postgres withSchema(Postgres postgres) throws SQLException {
    try (Connection connection = postgres.dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
    }
    return postgres;
  }
}
