package test;

import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

class Decided {
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

  Decided(Store s, Log l, String region, AuditTrail audit, ExecutorService e) {
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

  List<Product> filterAll(Filter filter) {
    return lists.execute(
        filter.name() + "/" + filter.status() + "/" + filter.limit(), () -> store.search(filter));
  }

  Product ignoring(String id, Locale locale) {
    return group.execute(id, () -> ignore(id, locale));
  }

  private Product ignore(String id, Locale l) {
    return store.find(id);
  }

  Product lowerBoth(String name) {
    String n = name.toLowerCase(Locale.ROOT);
    return group.execute(n, () -> store.find(n));
  }

  Product lowerInLoader(String name) {
    return group.execute(name.toLowerCase(Locale.ROOT), () -> store.find(name.toLowerCase()));
  }

  Product lowerKey(String name) {
    return group.execute(name.toLowerCase(Locale.ROOT), k -> store.find(k));
  }

  Product cents3(String id, long amount) {
    long bucket = amount / 100;
    return group.execute(id + ":" + bucket, () -> store.find(id, bucket));
  }

  Product day2(String id, LocalDateTime at) {
    return group.execute(id + at.toLocalDate(), () -> store.find(id, at.toLocalDate()));
  }

  Product day3(String id, LocalDate at) {
    return group.execute(
        id + at.format(java.time.format.DateTimeFormatter.ISO_DATE), () -> store.find(id, at));
  }

  Product tags(String id, Set<String> tags) {
    return group.execute(
        id + tags.stream().sorted().collect(Collectors.joining(",")), () -> store.find(id, tags));
  }

  Product tags2(String id, List<String> tags) {
    return any.execute(List.of(id, Set.copyOf(tags)), () -> store.find(id, tags));
  }

  Product tags3(String id, List<String> tags) {
    return group.execute(id + String.join(",", tags), () -> store.find(id, tags));
  }

  Product tags4(String id, Set<String> tags) {
    return group.execute(id + new TreeSet<>(tags), () -> store.find(id, tags));
  }

  Product mf(String id, Locale locale) {
    return group.execute(MessageFormat.format("{0}|{1}", id, locale), () -> store.find(id, locale));
  }

  Product tag(String id, Locale locale) {
    return group.execute(id + locale.toLanguageTag(), () -> store.find(id, locale));
  }

  Product lang2(String id, Locale locale) {
    String lang = locale.getLanguage();
    return group.execute(id + lang, () -> store.find(id, lang));
  }

  Product perLocale(String id, Locale locale) {
    return perLocale
        .computeIfAbsent(locale, l -> SingleflightGroup.create())
        .execute(id, () -> store.find(id, locale));
  }

  Product cfg(String id) {
    return group.execute(id, () -> store.find(id, region));
  }

  Product logs(String id, Locale locale) {
    return group.execute(
        id,
        () -> {
          log.info("x {}", locale);
          return store.find(id);
        });
  }

  Product audits(String id, String who) {
    return group.execute(
        id,
        () -> {
          audit.record(who, id);
          return store.find(id);
        });
  }

  Product timeouts(String id, long timeoutMillis) {
    return group.execute(id, () -> store.find(id, timeoutMillis));
  }

  Product timeouts2(String id, Duration timeout, int maxRetries) {
    return group.execute(id, () -> store.find(id, timeout, maxRetries));
  }

  Product timeouts3(String id, long t, TimeUnit unit) {
    return group.execute(id, () -> store.bounded(id, t, unit));
  }

  Product trace(String id, String traceId, int priority) {
    return group.execute(id, () -> store.find(id, traceId, priority));
  }

  Product user(User user) {
    String id = user.getId();
    return group.execute(id, () -> store.find(id, user.getRole()));
  }

  Product exceptionOnly(String id, String name) {
    return group.execute(
        id,
        () -> {
          Product p = store.find(id);
          if (p == null) throw new IllegalArgumentException(name);
          return p;
        });
  }

  Product derived(String id) {
    String shard = id.substring(0, 2);
    String x = "p" + id;
    return group.execute(id, () -> store.find(x, shard));
  }

  Product found(String id) {
    Product base = store.find(id);
    return group.execute(id, () -> store.find(base.name(), base));
  }

  Product uuidParent(UUID orderId, String customerId) {
    return byUuid.execute(orderId, () -> store.find(orderId, customerId));
  }

  Product ownerOfOrder(String orderId, String customerId) {
    return group.execute(orderId, () -> store.find(customerId, orderId));
  }

  <T> Product wrap(String key, Function<String, Product> f) {
    return group.execute(key, f::apply);
  }

  Product label(String cacheKey, String id, Locale l) {
    return group.execute(cacheKey, () -> store.find(id, l));
  }

  Product namedCarried(String id, String variant) {
    return group.execute(id + "/" + variant, new VariantLoader(variant));
  }

  @Coalescing
  Product declaredAll(String id, Locale locale) {
    return store.find(id, locale);
  }

  Product viaWrapper2(String id, Locale l) {
    return cached(id + l, () -> store.find(id, l));
  }

  Product force(String id, boolean forceRefresh) {
    return group.execute(id, () -> forceRefresh ? store.find(id, "remote") : store.find(id));
  }

  Product comparison2(String id, int limit) {
    boolean big = limit > 10;
    return group.execute(id + big, () -> big ? store.find(id, "b") : store.find(id));
  }

  Product clazz(String id, Money money) {
    return any.execute(
        new Money(money.amount(), money.currency()),
        () -> store.find(money.currency().getCurrencyCode(), money));
  }

  Product recordKey(String id, Locale l) {
    return any.execute(Key.of(id, l), () -> store.find(id, l));
  }

  Product builderKey(String id, Locale l) {
    return any.execute(Keys.builder().id(id).locale(l).build(), () -> store.find(id, l));
  }

  Product opt(String id, Locale l) {
    String t = Optional.ofNullable(l).map(Locale::toLanguageTag).orElse("-");
    return group.execute(id + t, () -> store.find(id, l));
  }

  Product submit(String id) throws Exception {
    return group.execute(
        id,
        () -> {
          try {
            return executor.submit(() -> store.find(id)).get();
          } catch (Exception e) {
            throw new RuntimeException(e);
          }
        });
  }

  void all(List<String> ids) {
    for (String id : ids) {
      group.execute(id, k -> store.find(k));
    }
  }

  Map<String, Product> collected(List<String> ids) {
    Map<String, Product> out = new HashMap<>();
    for (String id : ids) {
      group.execute(
          id,
          () -> {
            Product p = store.find(id);
            out.put(id, p);
            return p;
          });
    }
    return out;
  }

  void byEntry(Map<String, String> urls) {
    for (Map.Entry<String, String> e : urls.entrySet()) {
      group.execute(e.getKey(), () -> store.find(e.getValue()));
    }
  }

  Product debug(String id, boolean debug) {
    return group.execute(
        id,
        () -> {
          if (debug) {
            log.info("load");
          }
          return store.find(id);
        });
  }
}
