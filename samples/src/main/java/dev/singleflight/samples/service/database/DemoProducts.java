package dev.singleflight.samples.service.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Products to try the catalogue with: some tenants sell the products {@code SKU-1}, {@code SKU-2},
 * …, each at prices of its own, which have changed each minute until now.
 */
public final class DemoProducts {

  /** Those who sell them. */
  public static final List<String> TENANTS = List.of("north", "south");

  /** How many products each of them sells. */
  public static final int PRODUCTS = 8;

  /** How many prices a product has had if they change each minute: thirty days' worth. */
  public static final int PRICES = 30 * 24 * 60;

  private static final String ADD_PRODUCTS =
      """
      insert into catalogue_product (tenant, sku, name)
      select ?, 'SKU-' || number, 'Product ' || number from generate_series(1, ?) number
      on conflict do nothing
      """;

  /** They vary around a price of the product's own, the same whenever they are made. */
  private static final String ADD_PRICES =
      """
      insert into catalogue_price (tenant, sku, changed_at, cents)
      select p.tenant, p.sku, now() - change * interval '1 minute',
        1000 + abs(hashtext(p.tenant || p.sku) % 9000) + abs(hashtext(p.sku || change) % 500)
      from catalogue_product p cross join generate_series(1, ?) change
      where p.tenant = ? and not exists (
        select from catalogue_price h where h.tenant = p.tenant and h.sku = p.sku)
      """;

  private DemoProducts() {}

  /** Returns the number of a product: 1, 2, … {@link #PRODUCTS}. */
  public static String sku(int product) {
    return "SKU-" + product;
  }

  /**
   * Puts those products on sale that are not. The tables have to be there.
   *
   * @param prices how many prices each has had; the more, the longer a query takes
   */
  public static void addTo(DataSource database, int prices) throws SQLException {
    try (Connection connection = database.getConnection()) {
      for (String tenant : TENANTS) {
        try (PreparedStatement statement = connection.prepareStatement(ADD_PRODUCTS)) {
          statement.setString(1, tenant);
          statement.setInt(2, PRODUCTS);
          int unused = statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_PRICES)) {
          statement.setInt(1, prices);
          statement.setString(2, tenant);
          int unused = statement.executeUpdate();
        }
      }
      try (Statement statement = connection.createStatement()) {
        // Without it the planner takes the new rows for none.
        statement.execute("analyze catalogue_product, catalogue_price");
      }
    }
  }
}
