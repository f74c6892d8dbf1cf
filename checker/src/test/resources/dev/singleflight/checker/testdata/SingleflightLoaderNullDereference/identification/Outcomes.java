package test;

import dev.singleflight.SingleflightGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import test.Clinic.Laboratory;
import test.Clinic.Outcome;
import test.Clinic.Patient;

/** Values that stand beside an error. */
class Outcomes {
  private final SingleflightGroup<String, String> names = SingleflightGroup.create();
  private final Laboratory laboratory;

  Outcomes(Laboratory laboratory) {
    this.laboratory = laboratory;
  }

  interface Table {
    ResultSet select(String id) throws SQLException;
  }

  String errorIgnored(String id) {
    return names.execute(
        id,
        k -> {
          Outcome<Patient> outcome = laboratory.fetch(k);
          // BUG: Diagnostic contains: 'outcome.value()' may be null
          return outcome.value().name();
        });
  }

  String rowIgnored(String id, Table table) throws SQLException {
    return names.execute(
        id,
        k -> {
          ResultSet rows = table.select(k);
          rows.next();
          // BUG: Diagnostic contains: rows.next() ignored
          return rows.getString("name");
        });
  }

  String rowOfAnAggregate(String id, Table table) throws SQLException {
    return names.execute(
        id,
        k -> {
          ResultSet rows = table.select(k);
          rows.next();
          String latest = rows.getString(1);
          if (latest == null) {
            throw new SQLException("nothing of " + k);
          }
          return latest.strip();
        });
  }

  String errorAsked(String id) throws Exception {
    return names.execute(
        id,
        k -> {
          Outcome<Patient> outcome = laboratory.fetch(k);
          if (outcome.error() != null) {
            throw outcome.error();
          }
          return outcome.value().name();
        });
  }

  String okAsked(String id) {
    return names.execute(
        id,
        k -> {
          Outcome<Patient> outcome = laboratory.fetch(k);
          return outcome.isOk() ? outcome.value().name() : "unknown";
        });
  }

  String rowAsked(String id, Table table) throws SQLException {
    return names.execute(
        id,
        k -> {
          ResultSet rows = table.select(k);
          if (!rows.next()) {
            return "unknown";
          }
          return rows.getString("name");
        });
  }

  String allRows(String id, Table table) throws SQLException {
    return names.execute(
        id,
        k -> {
          StringBuilder all = new StringBuilder();
          ResultSet rows = table.select(k);
          while (rows.next()) {
            all.append(rows.getString("name"));
          }
          return all.toString();
        });
  }

  String failureIgnored(String id, Async async) {
    return names.execute(
        id,
        // BUG: Diagnostic contains: the value of a future that has failed
        k -> async.fetch(k).handle((patient, failure) -> patient.name()).join());
  }

  String failureAsked(String id, Async async) {
    return names.execute(
        id,
        k ->
            async
                .fetch(k)
                .handle(
                    (patient, failure) -> {
                      if (failure != null) {
                        throw new IllegalStateException(failure);
                      }
                      return patient.name();
                    })
                .join());
  }

  String valueAsked(String id, Async async) {
    return names.execute(
        id,
        k ->
            async
                .fetch(k)
                .handle((patient, failure) -> patient == null ? "unknown" : patient.name())
                .join());
  }

  interface Async {
    java.util.concurrent.CompletableFuture<Patient> fetch(String id);
  }
}
