package dev.singleflight.samples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PostgresTest {
  private static final String URL = "singleflight.postgres.url";

  private final @Nullable String named = System.getProperty(URL);

  @BeforeEach
  void nameNone() {
    System.clearProperty(URL);
  }

  @AfterEach
  void restore() {
    if (named == null) {
      System.clearProperty(URL);
    } else {
      System.setProperty(URL, named);
    }
  }

  @Test
  void startsOneAndFindsItAgainByItsUrl() throws SQLException {
    try (Postgres started = Postgres.start()) {
      System.setProperty(URL, started.url());
      try (Postgres named = Postgres.start();
          HikariDataSource pool = named.pool("test", 2)) {
        assertThat(answer(pool)).isEqualTo("1 in singleflight_samples");
      }
      assertThat(answer(started.dataSource()))
          .as("one that was named is not stopped by who has not started it")
          .isEqualTo("1 in singleflight_samples");
    }
  }

  @Test
  void urlOfSomethingElseIsRefused() {
    System.setProperty(URL, "mysql://localhost/test");
    assertThatThrownBy(Postgres::start)
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "-Dsingleflight.postgres.url (or SINGLEFLIGHT_POSTGRES_URL)"
                + " is to be like jdbc:postgresql://host/database?user=…&password=…");
  }

  @Test
  void serverThatIsNotThereIsNamed() {
    System.setProperty(URL, "jdbc:postgresql://127.0.0.1:1/test?user=nobody");
    assertThatThrownBy(Postgres::start)
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("PostgreSQL, named by -Dsingleflight.postgres.url")
        .hasMessageContaining("127.0.0.1:1 refused");
  }

  private static String answer(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 || ' in ' || current_schema()")) {
      row.next();
      return row.getString(1);
    }
  }
}
