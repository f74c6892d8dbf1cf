package test;

import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class Spared {
  record Report(String id) {}

  record Node(String id, String parentId) {
    Node withParent(Node p) {
      return new Node(id, p.id());
    }
  }

  static class Opts {
    final boolean full;
    final String lang;

    Opts(boolean f, String l) {
      full = f;
      lang = l;
    }
  }

  enum Currency2 {
    EUR,
    USD
  }

  interface Gateway {
    Report load(String id);

    Report load(String id, Object a);

    Report load(String id, Object a, Object b);

    Report run(Map<String, Object> p);

    Node node(String id);

    Report query(Query q);

    void touch(String id);

    Report http(String url);
  }

  static class Query {
    String id;
    Locale locale;
    int limit;

    Query(String id) {
      this.id = id;
    }

    Query locale(Locale l) {
      locale = l;
      return this;
    }

    Query limit(int n) {
      limit = n;
      return this;
    }
  }

  interface QueryBuilder {
    QueryBuilder where(String c, Object v);

    QueryBuilder limit(int n);

    Report fetch();
  }

  interface Sql {
    QueryBuilder select(String t);
  }

  static final Gateway DEFAULT = null;
  private final SingleflightGroup<String, Report> reports = SingleflightGroup.create();
  private final SingleflightGroup<Object, Report> any = SingleflightGroup.create();
  private final SingleflightGroup<String, Node> nodes = SingleflightGroup.create();
  private static final SingleflightGroup<Object, Report> STATIC = SingleflightGroup.create();
  private final Gateway gateway;
  private final Sql sql;
  private final Executor executor;
  private final Clock clock;
  private final String name = "n";
  private int maxRows = 10;
  private Duration timeout = Duration.ofSeconds(1);

  Spared(Gateway g, Sql s, Executor e, Clock c) {
    gateway = g;
    sql = s;
    executor = e;
    clock = c;
  }

  void setMaxRows(int n) {
    maxRows = n;
  }

  void setTimeout(Duration d) {
    timeout = d;
  }

  Report urlKey(String id, String lang) {
    String url = "/r/" + id + "?lang=" + lang;
    return reports.execute(url, () -> gateway.http(url));
  }

  Report mapKey(String id, Currency2 cur) {
    Map<String, Object> p = Map.of("id", id, "cur", cur);
    return any.execute(p, () -> gateway.run(p));
  }

  Report nameKey(String id, Currency2 cur) {
    return reports.execute(id + cur.name(), () -> gateway.load(id, cur));
  }

  Report ordinalKey(String id, Currency2 cur) {
    return reports.execute(id + cur.ordinal(), () -> gateway.load(id, cur));
  }

  Node withParent(String id, String parentId) {
    return nodes.execute(
        id,
        k -> {
          Node p = nodes.execute(parentId, x -> gateway.node(x));
          return gateway.node(k).withParent(p);
        });
  }

  Report range(String id, Instant from, Instant to) {
    return reports.execute(
        id + ":" + from.toEpochMilli() + "-" + to.toEpochMilli(), () -> gateway.load(id, from, to));
  }

  Report amount(String id, BigDecimal amount) {
    return reports.execute(id + amount.toPlainString(), () -> gateway.load(id, amount));
  }

  Report patience(String id, Duration maxWait) {
    return reports.execute(id, () -> gateway.load(id, maxWait));
  }

  Report setterTimeout(String id) {
    return reports.execute(id, () -> gateway.load(id, timeout));
  }

  Report setterRows(String id) {
    return reports.execute(id, () -> gateway.load(id, maxRows));
  }

  Report thisKey() {
    return STATIC.execute(this, () -> gateway.load(name));
  }

  Report callbackParam(String id, Function<String, Report> fn) {
    return reports.execute(id, () -> fn.apply(id));
  }

  Report clockParam(String id) {
    return reports.execute(id, () -> gateway.load(id, clock.instant()));
  }

  Report touch(String id, String who) {
    return reports.execute(
        id,
        k -> {
          gateway.touch(who);
          return gateway.load(k);
        });
  }

  Report optsCarried(String id, Opts opts) {
    return reports.execute(id + opts.lang, k -> gateway.load(id, opts.lang));
  }

  Report optsBoth(String id, Opts opts) {
    return reports.execute(id + opts.full + opts.lang, k -> gateway.load(id, opts));
  }

  Report varargs(String id, String... rest) {
    return reports.execute(id + String.join(",", rest), k -> gateway.load(id, rest));
  }

  Report arr(String id, String[] rest) {
    return any.execute(List.of(id, List.of(rest)), k -> gateway.load(id, rest));
  }

  Report optMap(String id, String lang) {
    String key = Optional.ofNullable(lang).map(l -> id + "/" + l).orElse(id);
    return reports.execute(key, () -> gateway.load(id, lang));
  }

  Report ternaryNull(String id, String lang) {
    String key = lang == null ? id : id + "/" + lang;
    return reports.execute(key, () -> gateway.load(id, lang));
  }

  Report ifKey(String id, String lang) {
    String key = id;
    if (lang != null) {
      key = key + ":" + lang;
    }
    return reports.execute(key, () -> gateway.load(id, lang));
  }

  Report defaulted(String id, String lang) {
    String l = lang == null ? "en" : lang;
    return reports.execute(id + l, () -> gateway.load(id, l));
  }

  Report switchKey(String id, Currency2 c) {
    String s =
        switch (c) {
          case EUR -> "e";
          case USD -> "u";
        };
    return reports.execute(id + s, () -> gateway.load(id, c));
  }

  Report sbKey(String id, Locale l, int n) {
    var sb = new StringBuilder(id);
    sb.append('|').append(l);
    if (n > 0) sb.append('|').append(n);
    return reports.execute(sb.toString(), () -> gateway.load(id, l, n));
  }

  Report retry(String id, int attempts) {
    return reports.execute(
        id,
        () -> {
          for (int i = 0; i < attempts; i++) {
            try {
              return gateway.load(id);
            } catch (RuntimeException e) {
              if (i == attempts - 1) throw e;
            }
          }
          return null;
        });
  }

  Report local(List<String> ids) {
    Report last = null;
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      last = reports.execute(id, () -> gateway.load(id));
    }
    return last;
  }

  void batch(Map<String, List<String>> byGroup) {
    byGroup.forEach((g, members) -> reports.execute(g, () -> gateway.load(g, members)));
  }

  Report ref(Supplier<Report> s, String key) {
    return reports.execute(key, s::get);
  }

  Report uuidKeyed(UUID id, UUID accountId) {
    return any.execute(id, () -> gateway.load(id.toString(), accountId));
  }

  /** What decides whether to load decides nothing of what the loader gives. */
  Report chosenOutside(String id, boolean wanted, Gateway gateway) {
    if (wanted) {
      return reports.execute(
          id,
          k -> {
            int depth;
            if (k.isEmpty()) {
              depth = 1;
            } else {
              depth = 2;
            }
            return gateway.load(k, depth);
          });
    }
    return null;
  }
}
