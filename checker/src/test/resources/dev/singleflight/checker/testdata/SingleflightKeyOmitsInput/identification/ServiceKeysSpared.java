package test;

import dev.singleflight.*;
import dev.singleflight.annotations.Coalescing;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

class ServiceKeysSpared extends Base implements Keyed {
  record Doc(String id) {}

  record User(String userId, String email, String role) {}

  static final class Order {
    private final String orderNumber;
    private final String customerId;
    private final List<String> lines;

    Order(String n, String c, List<String> l) {
      orderNumber = n;
      customerId = c;
      lines = l;
    }

    String orderNumber() {
      return orderNumber;
    }

    String customerId() {
      return customerId;
    }

    List<String> lines() {
      return lines;
    }
  }

  static final class Loose {
    private final String id;
    private final Locale locale;

    Loose(String i, Locale l) {
      id = i;
      locale = l;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Loose x && x.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  static final class Tight {
    private final String id;
    private final Locale locale;

    Tight(String i, Locale l) {
      id = i;
      locale = l;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Tight x && x.id.equals(id) && x.locale.equals(locale);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, locale);
    }
  }

  enum Kind {
    A,
    B
  }

  interface Api {
    Doc get(Object id);

    Doc get(Object id, Object a);

    Doc get(Object id, Object a, Object b);

    List<Doc> many(Collection<String> ids);
  }

  interface RenderConfig {
    String theme();
  }

  interface Log {
    void debug(String m, Object... a);

    boolean isDebugEnabled();
  }

  private final SingleflightGroup<String, Doc> docs = SingleflightGroup.create();
  private final SingleflightGroup<Object, Doc> any = SingleflightGroup.create();
  private final SingleflightGroup<String, List<Doc>> lists = SingleflightGroup.create();
  private final Map<Kind, SingleflightGroup<String, Doc>> perKind = new EnumMap<>(Kind.class);
  private final Memo<String, Doc> memo = new Memo<>();
  private final Api api;
  private final Log log;

  ServiceKeysSpared(Api a, Log l) {
    api = a;
    log = l;
  }

  private SingleflightGroup<String, Doc> memoGroup() {
    return docs;
  }

  private Function<String, Doc> loaderFor(Locale l) {
    return k -> api.get(k, l);
  }

  class Bound {
    final Locale l;

    Bound(Locale l) {
      this.l = l;
    }

    Doc load(String k) {
      return api.get(k, l);
    }
  }

  private <T> ThrowingSupplier<T, RuntimeException> traced(String op, Supplier<T> s) {
    return () -> {
      log.debug(op);
      return s.get();
    };
  }

  Doc defaultMethod(String id, Locale l) {
    return docs.execute(keyOf(id, l), () -> api.get(id, l));
  }

  Doc superclass(String id, Locale l, int n) {
    return docs.execute(compose(id, l, n), () -> api.get(id, l, n));
  }

  Doc tight(String id, Locale l) {
    return any.execute(new Tight(id, l), () -> api.get(id, l));
  }

  Doc memoizedKeyed(String id, Locale l) {
    return memo.get(id + l, k -> api.get(id, l));
  }

  List<CompletableFuture<Doc>> streamOk(List<String> ids, Locale l) {
    return ids.stream().map(id -> docs.executeAsync(id + "|" + l, k -> api.get(id, l))).toList();
  }

  Doc config(String id, RenderConfig config) {
    return docs.execute(id, () -> api.get(id, config.theme()));
  }

  Doc constant(String id) {
    int limit = 50;
    String fmt = "pdf";
    return docs.execute(id, () -> api.get(id, limit, fmt));
  }

  Doc capped(String id, int requested) {
    int limit = Math.min(requested, 100);
    return docs.execute(id + "#" + limit, () -> api.get(id, limit));
  }

  Doc wordings(long id, Kind kind, boolean deep) {
    return docs.execute(
        Long.toString(id) + '/' + kind + '/' + Boolean.toString(deep),
        () -> api.get(id, kind, deep));
  }

  Doc objectsToString(UUID id, Integer n) {
    return docs.execute(Objects.toString(id) + Integer.toHexString(n), () -> api.get(id, n));
  }

  Doc natural(User user) {
    return docs.execute(user.email(), () -> api.get(user.email(), user.role()));
  }

  Doc ownId(User user) {
    return docs.execute(user.userId(), () -> api.get(user));
  }

  Doc orderNo(Order order) {
    return docs.execute(order.orderNumber(), () -> api.get(order.orderNumber(), order.lines()));
  }

  Doc perKind(String id, Kind kind) {
    return perKind.get(kind).execute(id, () -> api.get(id, kind));
  }

  Doc groupSwitch(String id, boolean a) {
    SingleflightGroup<String, Doc> g = a ? docs : memoGroup();
    return g.execute(id, () -> api.get(id));
  }

  Doc debugged(String id, String caller) {
    return docs.execute(
        id,
        () -> {
          if (log.isDebugEnabled()) {
            log.debug("{} by {}", id, caller);
          }
          return api.get(id);
        });
  }

  Doc timed(String id, String op) {
    long t0 = System.nanoTime();
    return docs.execute(
        id,
        () -> {
          try {
            return api.get(id);
          } finally {
            log.debug(op + (System.nanoTime() - t0));
          }
        });
  }

  List<Doc> sortedKey(Set<String> ids) {
    return lists.execute(
        ids.stream().sorted().collect(Collectors.joining(",")), () -> api.many(ids));
  }

  List<Doc> copied(Collection<String> ids) {
    List<String> copy = List.copyOf(ids);
    return lists.execute(copy.toString(), () -> api.many(copy));
  }

  Doc bytes(String id, String body) {
    byte[] b = body.getBytes(StandardCharsets.UTF_8);
    return docs.execute(id + Base64.getEncoder().encodeToString(b), () -> api.get(id, b));
  }

  Doc roundedBoth(String id, double lat, double lon) {
    long a = Math.round(lat), b = Math.round(lon);
    return docs.execute(id + a + "," + b, () -> api.get(id, a, b));
  }

  Doc month(String id, LocalDate day) {
    YearMonth m = YearMonth.from(day);
    return docs.execute(id + m, () -> api.get(id, m));
  }

  @Coalescing
  Doc annotatedNoise(@dev.singleflight.annotations.Key String id, String traceId) {
    log.debug(traceId);
    return api.get(id);
  }

  Doc wrappedOk(String id, String op) {
    return docs.execute(id, traced(op, () -> api.get(id)));
  }
}
