package test;

import com.sun.net.httpserver.HttpExchange;
import dev.singleflight.SingleflightGroup;
import java.util.Locale;
import test.Domain.Config;
import test.Domain.Repository;

/** A part of the request that is the key, and nothing but that part is read. */
final class LocaleOfTheRequest {
  private final SingleflightGroup<Object, Config> months = SingleflightGroup.create();
  private final Repository db;

  LocaleOfTheRequest(Repository db) {
    this.db = db;
  }

  private static Locale localeOf(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Accept-Language");
    return Locale.forLanguageTag(header.substring(0, 2));
  }

  Config months(HttpExchange exchange) {
    Locale locale = localeOf(exchange);
    return months.execute(locale, k -> db.config("months", locale.getLanguage()));
  }
}
