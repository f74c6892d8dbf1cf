package test;

import dev.singleflight.*;
import dev.singleflight.annotations.Coalescing;
import java.math.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

class ServiceKeys extends Base implements Keyed {
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

  ServiceKeys(Api a, Log l) {
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

  Doc defaultMethodLess(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(short_(id, l), () -> api.get(id, l));
  }

  Doc superclassLess(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(first(id, l), () -> api.get(id, l));
  }

  Doc loose(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return any.execute(new Loose(id, l), () -> api.get(id, l));
  }

  Doc memoized(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return memo.get(id, k -> api.get(k, l));
  }

  List<CompletableFuture<Doc>> stream(List<String> ids, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return ids.stream().map(id -> docs.executeAsync(id, k -> api.get(k, l))).toList();
  }

  Doc orderCustomer(Order order) {
    // BUG: Diagnostic contains: depends on 'order'
    return docs.execute(order.customerId(), () -> api.get(order.customerId(), order.lines()));
  }

  Doc sizeKey(List<String> ids) {
    // BUG: Diagnostic contains: depends on 'ids'
    return docs.execute("n" + ids.size(), () -> api.get(ids));
  }

  List<Doc> firstKey(List<String> ids) {
    // BUG: Diagnostic contains: depends on 'ids'
    return lists.execute(ids.get(0), () -> api.many(ids));
  }

  Doc roundedKey(String id, double lat, double lon) {
    // BUG: Diagnostic contains: depends on 'lat' and 'lon'
    return docs.execute(id + Math.round(lat) + "," + Math.round(lon), () -> api.get(id, lat, lon));
  }

  Doc upper(String code) {
    // BUG: Diagnostic contains: depends on 'code'
    return docs.execute(code.toUpperCase(Locale.ROOT), () -> api.get(code));
  }

  Doc datePart(String id, Instant at) {
    return docs.execute(
        // BUG: Diagnostic contains: depends on 'at'
        id + at.truncatedTo(java.time.temporal.ChronoUnit.HOURS), () -> api.get(id, at));
  }

  @Coalescing
  // BUG: Diagnostic contains: depends on 'expand'
  Doc annotated(@dev.singleflight.annotations.Key String id, boolean expand) {
    return expand ? api.get(id, "x") : api.get(id);
  }

  Doc innerClass(String id, String style) {
    class L implements Loader<String, Doc, RuntimeException> {
      public Doc load(String k) {
        return api.get(k, style);
      }
    }
    // BUG: Diagnostic contains: depends on 'style'
    return docs.execute(id, new L());
  }

  Doc curried(String id, Locale l) {
    Function<String, Doc> f = loaderFor(l);
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(id, f::apply);
  }

  Doc boundRef(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(id, new Bound(l)::load);
  }

  Doc wrapped(String id, Locale l) {
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(id, traced("x", () -> api.get(id, l)));
  }

  Doc defaults(String id, Locale l) {
    Locale eff = l != null ? l : Locale.ENGLISH;
    // BUG: Diagnostic contains: depends on 'l'
    return docs.execute(id, () -> api.get(id, eff));
  }

  Doc inIf(String id, Locale l, boolean cached) {
    if (cached) {
      // BUG: Diagnostic contains: depends on 'l'
      return docs.execute(id, () -> api.get(id, l));
    }
    return api.get(id, l);
  }
}
