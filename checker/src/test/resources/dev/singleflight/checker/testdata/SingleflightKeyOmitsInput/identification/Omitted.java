package test;

import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

class Omitted {
  record Product(String id, String name) {}

  record Money(BigDecimal amount, Currency currency) {}

  record Filter(String name, String status, int limit) {}

  enum View {
    FULL,
    PUBLIC
  }

  static class User {
    private String id;
    private String role;

    String getId() {
      return id;
    }

    String getRole() {
      return role;
    }
  }

  interface Store {
    Product find(String id);

    Product find(String id, Object a);

    Product find(String id, Object a, Object b);

    List<Product> list(String id, int offset, int limit);

    List<Product> search(Filter f);

    Product find(UUID id, Object a);

    Product bounded(String id, long t, TimeUnit u);
  }

  interface Log {
    void info(String m, Object... a);
  }

  interface AuditTrail {
    void record(String who, String what);
  }

  private final SingleflightGroup<String, Product> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Product> any = SingleflightGroup.create();
  private final SingleflightGroup<String, List<Product>> lists = SingleflightGroup.create();
  private final SingleflightGroup<UUID, Product> byUuid = SingleflightGroup.create();
  private final Map<Locale, SingleflightGroup<String, Product>> perLocale =
      new ConcurrentHashMap<>();
  private final Store store;
  private final Log log;
  private final String region;
  private final AuditTrail audit;
  private final ExecutorService executor;

  Omitted(Store s, Log l, String region, AuditTrail audit, ExecutorService e) {
    store = s;
    log = l;
    this.region = region;
    this.audit = audit;
    executor = e;
  }

  private Product load(String id, Locale l) {
    return store.find(id, l.toLanguageTag());
  }

  class VariantLoader implements Loader<String, Product, RuntimeException> {
    private final String variant;

    VariantLoader(String variant) {
      this.variant = variant;
    }

    @Override
    public Product load(String k) {
      return store.find(k, variant);
    }
  }

  private Product cached(String key, Supplier<Product> s) {
    return group.execute(key, s::get);
  }

  record Key(String id, Locale locale) {
    static Key of(String id, Locale l) {
      return new Key(id, l);
    }
  }

  static final class Keys {
    static final class Builder {
      String a;
      Locale b;

      Builder id(String x) {
        a = x;
        return this;
      }

      Builder locale(Locale x) {
        b = x;
        return this;
      }

      Key build() {
        return new Key(a, b);
      }
    }

    static Builder builder() {
      return new Builder();
    }
  }

  Product locale(String id, Locale locale) {
    // BUG: Diagnostic contains: depends on 'locale'
    return group.execute(id, k -> store.find(k, locale));
  }

  Product supplier(String id, String currency) {
    // BUG: Diagnostic contains: depends on 'currency'
    return group.execute(id, () -> store.find(id, currency));
  }

  CompletableFuture<Product> async(String id, boolean includeDeleted) {
    // BUG: Diagnostic contains: depends on 'includeDeleted'
    return group.executeAsync(id, k -> includeDeleted ? store.find(k, "all") : store.find(k));
  }

  Product branch(String id, boolean includeDeleted) {
    return group.execute(
        // BUG: Diagnostic contains: depends on 'includeDeleted'
        id,
        k -> {
          if (includeDeleted) {
            return store.find(k, "x");
          }
          return store.find(k);
        });
  }

  List<Product> page(String category, int offset, int limit) {
    String key = "list:" + category;
    // BUG: Diagnostic contains: depends on 'offset' and 'limit'
    return lists.execute(key, () -> store.list(category, offset, limit));
  }

  List<Product> oneOfTwo(String category, int offset, int limit) {
    String key = category + "@" + offset;
    // BUG: Diagnostic contains: depends on 'limit'
    return lists.execute(key, () -> store.list(category, offset, limit));
  }

  Product fields(String id, List<String> fields) {
    // BUG: Diagnostic contains: depends on 'fields'
    return group.execute(id, k -> store.find(k, fields));
  }

  Product optional(String id, Optional<LocalDate> asOf) {
    // BUG: Diagnostic contains: depends on 'asOf'
    return group.execute(id, k -> store.find(k, asOf.orElse(null)));
  }

  Product enumView(String id, View view) {
    return group.execute(
        // BUG: Diagnostic contains: depends on 'view'
        id,
        k ->
            switch (view) {
              case FULL -> store.find(k);
              case PUBLIC -> store.find(k, "p");
            });
  }

  List<Product> filter(Filter filter) {
    // BUG: Diagnostic contains: depends on 'filter'
    return lists.execute(filter.name() + "/" + filter.status(), () -> store.search(filter));
  }

  Product helper(String id, Locale locale) {
    // BUG: Diagnostic contains: depends on 'locale'
    return group.execute(id, () -> load(id, locale));
  }

  Product length(String query, String id) {
    // BUG: Diagnostic contains: depends on 'query'
    return group.execute(id + query.length(), () -> store.find(id, query));
  }

  Product prefix(String query, String id) {
    // BUG: Diagnostic contains: depends on 'query'
    return group.execute(id + query.substring(0, 3), () -> store.find(id, query));
  }

  Product lower(String name) {
    // BUG: Diagnostic contains: depends on 'name'
    return group.execute(name.toLowerCase(Locale.ROOT), () -> store.find(name));
  }

  Product cents(String id, double amount) {
    // BUG: Diagnostic contains: depends on 'amount'
    return group.execute(id + ":" + (int) amount, () -> store.find(id, amount));
  }

  Product cents2(String id, long amount) {
    // BUG: Diagnostic contains: depends on 'amount'
    return group.execute(id + ":" + amount / 100, () -> store.find(id, amount));
  }

  Product day(String id, LocalDateTime at) {
    // BUG: Diagnostic contains: depends on 'at'
    return group.execute(id + at.toLocalDate(), () -> store.find(id, at));
  }

  Product present(String id, Optional<String> coupon) {
    // BUG: Diagnostic contains: depends on 'coupon'
    return group.execute(id + coupon.isPresent(), () -> store.find(id, coupon.get()));
  }

  Product size(String id, Set<String> tags) {
    // BUG: Diagnostic contains: depends on 'tags'
    return group.execute(id + tags.size(), () -> store.find(id, tags));
  }

  Product lang(String id, Locale locale) {
    // BUG: Diagnostic contains: depends on 'locale'
    return group.execute(id + locale.getLanguage(), () -> store.find(id, locale));
  }

  Product userOther(String docId, User user) {
    // BUG: Diagnostic contains: depends on 'user'
    return group.execute(docId, () -> store.find(docId, user.getRole()));
  }

  Product uuidLocale(UUID orderId, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return byUuid.execute(orderId, () -> store.find(orderId, l));
  }

  Product priceFor(String productId, String customerId) {
    // BUG: Diagnostic contains: depends on 'customerId'
    return group.execute(productId, () -> store.find(customerId, productId));
  }

  Product methodRefLike(String id, String variant) {
    ThrowingSupplier<Product, RuntimeException> loader = () -> store.find(id, variant);
    // BUG: Diagnostic contains: depends on 'variant'
    return group.execute(id, loader);
  }

  Product anonymous(String id, String variant) {
    return group.execute(
        // BUG: Diagnostic contains: depends on 'variant'
        id,
        new Loader<String, Product, RuntimeException>() {
          @Override
          public Product load(String k) {
            return store.find(k, variant);
          }
        });
  }

  Product named(String id, String variant) {
    // BUG: Diagnostic contains: depends on 'variant'
    return group.execute(id, new VariantLoader(variant));
  }

  @Coalescing
  // BUG: Diagnostic contains: depends on 'locale'
  Product declared(@dev.singleflight.annotations.Key String id, Locale locale) {
    return store.find(id, locale);
  }

  Product viaWrapper(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return cached(id, () -> store.find(id, l));
  }

  Product shared(String id, int depth) {
    // BUG: Diagnostic contains: depends on 'depth'
    return group.executeShared(id, k -> store.find(k, depth)).value();
  }

  Product timed(String id, ZoneId zone) throws Exception {
    // BUG: Diagnostic contains: depends on 'zone'
    return group.execute(id, k -> store.find(k, zone), Duration.ofSeconds(1));
  }

  Product local(String id, String raw) {
    String fmt = raw.trim();
    Map<String, String> q = new HashMap<>();
    q.put("format", fmt);
    // BUG: Diagnostic contains: depends on 'raw'
    return group.execute(id, () -> store.find(id, q));
  }

  Product classOf(String id, Class<?> type) {
    // BUG: Diagnostic contains: depends on 'type'
    return group.execute(id, () -> store.find(id, type));
  }

  Product comparison(String id, int limit) {
    // BUG: Diagnostic contains: depends on 'limit'
    return group.execute(id + (limit > 10), () -> store.find(id, limit));
  }

  Product getClassOnly(Object q, String id, Money m) {
    // BUG: Diagnostic contains: depends on 'm'
    return group.execute(id + m.getClass(), () -> store.find(id, m));
  }

  Product builderKeyMissing(String id, Locale l, String cur) {
    // BUG: Diagnostic contains: depends on 'cur'
    return any.execute(Keys.builder().id(id).locale(l).build(), () -> store.find(id, cur));
  }

  Product chosen(String id, boolean admin) {
    String view = admin ? "full" : "public";
    // BUG: Diagnostic contains: depends on 'admin'
    return group.execute(id, () -> store.find(id, view));
  }
}
