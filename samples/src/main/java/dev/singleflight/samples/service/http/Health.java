package dev.singleflight.samples.service.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Tells whoever runs the service how it is: {@code /health/live} whether the process is worth
 * keeping, {@code /health/ready} whether it should be sent requests.
 */
final class Health {
  private static final int PATIENCE_SECONDS = 1;

  private final DataSource database;
  private volatile boolean stopping;

  Health(DataSource database) {
    this.database = database;
  }

  void addTo(Javalin app) {
    app.get("/health/live", context -> answer(context, HttpStatus.OK, "up"));
    app.get("/health/ready", this::ready);
  }

  /** From now on the service is not ready. */
  void stopping() {
    stopping = true;
  }

  private void ready(Context context) {
    if (stopping) {
      answer(context, HttpStatus.SERVICE_UNAVAILABLE, "stopping");
    } else if (!databaseAnswers()) {
      answer(context, HttpStatus.SERVICE_UNAVAILABLE, "the database does not answer");
    } else {
      answer(context, HttpStatus.OK, "up");
    }
  }

  private boolean databaseAnswers() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  private static void answer(Context context, HttpStatus status, String words) {
    context.status(status).json(Map.of("status", words));
  }
}
