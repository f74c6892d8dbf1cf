package dev.singleflight.samples.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables of the catalogue. */
public final class Schema {

  private static final String CREATE =
      """
      create table if not exists catalogue_product (
        tenant text not null,
        sku text not null,
        name text not null,
        primary key (tenant, sku));
      create table if not exists catalogue_price (
        tenant text not null,
        sku text not null,
        changed_at timestamptz not null,
        cents bigint not null,
        primary key (tenant, sku, changed_at));
      """;

  private Schema() {}

  /** Creates the tables that are not there. */
  public static void create(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(CREATE);
    }
  }
}
