package dev.singleflight.samples.service.database;

import dev.singleflight.samples.service.catalogue.NoSuchProductException;
import dev.singleflight.samples.service.catalogue.Offer;
import dev.singleflight.samples.service.catalogue.Product;
import dev.singleflight.samples.service.catalogue.ProductStore;
import dev.singleflight.samples.service.catalogue.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The products in PostgreSQL. A price is never overwritten: each change is a row, and what a
 * product has typically cost has to be sorted out of them, which is what makes the query slow.
 */
public final class PostgresProducts implements ProductStore {

  /** Counts queries for a product, those that find nothing and those that fail included. */
  public static final String QUERIES = "catalogue.queries";

  private static final String FIND =
      """
      with latest as (
        select cents, changed_at from catalogue_price
        where tenant = ? and sku = ?
        order by changed_at desc limit 1)
      select p.name, latest.cents, min(h.cents),
        percentile_disc(0.5) within group (order by h.cents)
      from catalogue_product p cross join latest join catalogue_price h using (tenant, sku)
      where p.tenant = ? and p.sku = ?
        and h.changed_at >= least(latest.changed_at, now() - interval '30 days')
      group by p.name, latest.cents
      """;

  private static final String PUT =
      """
      with changed as (
        insert into catalogue_product (tenant, sku, name) values (?, ?, ?)
        on conflict (tenant, sku) do update set name = excluded.name
        returning tenant, sku)
      insert into catalogue_price (tenant, sku, changed_at, cents)
      select tenant, sku, clock_timestamp(), ? from changed
      """;

  private final DataSource database;
  private final int timeoutSeconds;
  private final Counter queries;

  /**
   * Uses a database in which {@link Schema} is.
   *
   * @param timeout how long a statement may take at most; rounded up to whole seconds
   */
  public PostgresProducts(DataSource database, Duration timeout, MeterRegistry registry) {
    this.database = database;
    this.timeoutSeconds = Math.toIntExact(timeout.plusNanos(999_999_999).toSeconds());
    this.queries =
        Counter.builder(QUERIES)
            .description("Queries for a product that the database was asked")
            .register(registry);
  }

  @Override
  public Product find(String tenant, String sku) {
    queries.increment();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setQueryTimeout(timeoutSeconds);
      statement.setString(1, tenant);
      statement.setString(2, sku);
      statement.setString(3, tenant);
      statement.setString(4, sku);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new NoSuchProductException(tenant, sku);
        }
        return new Product(
            sku, rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
      }
    } catch (SQLException e) {
      throw new StoreException("Product " + sku + " of " + tenant + " was not found out", e);
    }
  }

  @Override
  public void put(String tenant, String sku, Offer offer) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(PUT)) {
      statement.setQueryTimeout(timeoutSeconds);
      statement.setString(1, tenant);
      statement.setString(2, sku);
      statement.setString(3, offer.name());
      statement.setLong(4, offer.priceCents());
      int unused = statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("Product " + sku + " of " + tenant + " was not put on sale", e);
    }
  }
}
