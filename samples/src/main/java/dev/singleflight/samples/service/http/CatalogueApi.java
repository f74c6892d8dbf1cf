package dev.singleflight.samples.service.http;

import dev.singleflight.samples.service.catalogue.Catalogue;
import dev.singleflight.samples.service.catalogue.NoSuchProductException;
import dev.singleflight.samples.service.catalogue.Offer;
import dev.singleflight.samples.service.catalogue.ProductStore;
import dev.singleflight.samples.service.catalogue.StoreException;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue over HTTP.
 *
 * <pre>
 * GET /tenants/{tenant}/products/{sku}     a product, as JSON
 * PUT /tenants/{tenant}/products/{sku}     {"name": "…", "priceCents": …} puts it on sale, or changes it
 * </pre>
 */
final class CatalogueApi {
  private static final String PRODUCT = "/tenants/{tenant}/products/{sku}";
  private static final Pattern TENANT = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern SKU = Pattern.compile("[A-Z0-9-]{1,32}");
  private static final System.Logger LOG = System.getLogger(CatalogueApi.class.getName());

  private final Catalogue catalogue;
  private final ProductStore store;

  CatalogueApi(Catalogue catalogue, ProductStore store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  void addTo(Javalin app) {
    app.get(PRODUCT, this::get);
    app.put(PRODUCT, this::put);
    app.exception(
        NoSuchProductException.class,
        (e, context) -> answerError(context, HttpStatus.NOT_FOUND, e.getMessage()));
    app.exception(
        BadRequestResponse.class,
        (e, context) -> answerError(context, HttpStatus.BAD_REQUEST, e.getMessage()));
    app.exception(StoreException.class, CatalogueApi::answerUnavailable);
  }

  private void get(Context context) {
    context.json(catalogue.find(tenant(context), sku(context)));
  }

  private void put(Context context) {
    String tenant = tenant(context);
    String sku = sku(context);
    store.put(tenant, sku, JsonBody.read(context, Offer.class));
    catalogue.invalidate(tenant, sku); // after the write, never before
    context.status(HttpStatus.NO_CONTENT);
  }

  private static String tenant(Context context) {
    return matching(TENANT, "tenant", context);
  }

  private static String sku(Context context) {
    return matching(SKU, "sku", context);
  }

  private static String matching(Pattern pattern, String parameter, Context context) {
    String given = context.pathParam(parameter);
    if (!pattern.matcher(given).matches()) {
      throw new BadRequestResponse(parameter + " has to match " + pattern);
    }
    return given;
  }

  private static void answerUnavailable(StoreException e, Context context) {
    LOG.log(System.Logger.Level.WARNING, "{0}: {1}", e.getMessage(), e.getCause());
    context.header(Header.RETRY_AFTER, "1");
    answerError(context, HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer");
  }

  private static void answerError(Context context, HttpStatus status, @Nullable String message) {
    context.status(status).json(Map.of("error", String.valueOf(message)));
  }
}
