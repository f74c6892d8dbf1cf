package test;

import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class Chosen {
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

  Chosen(Gateway g, Sql s, Executor e, Clock c) {
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

  Report query(String id, Locale locale) {
    // BUG: Diagnostic contains: depends on 'locale'
    return reports.execute(id, () -> gateway.query(new Query(id).locale(locale)));
  }

  Report query2(String id, int limit) {
    Query q = new Query(id).limit(limit);
    // BUG: Diagnostic contains: depends on 'limit'
    return reports.execute(id, () -> gateway.query(q));
  }

  Report sql(String id, int limit) {
    // BUG: Diagnostic contains: depends on 'limit'
    return reports.execute("t:" + id, () -> sql.select("t").where("id", id).limit(limit).fetch());
  }

  Report url(String id, String lang) {
    String url = "/r/" + id + "?lang=" + lang;
    // BUG: Diagnostic contains: depends on 'lang'
    return reports.execute(id, () -> gateway.http(url));
  }

  Report params(String id, Currency2 cur) {
    Map<String, Object> p = Map.of("id", id, "cur", cur);
    // BUG: Diagnostic contains: depends on 'cur'
    return reports.execute(id, () -> gateway.run(p));
  }

  Report twoStep(String id, Instant from, Instant to) {
    // BUG: Diagnostic contains: depends on 'to'
    return reports.execute(id + ":" + from, () -> gateway.load(id, from, to));
  }

  Report amountInt(String id, BigDecimal amount) {
    // BUG: Diagnostic contains: depends on 'amount'
    return reports.execute(id + amount.intValue(), () -> gateway.load(id, amount));
  }

  Report minutes(String id, Duration window) {
    // BUG: Diagnostic contains: depends on 'window'
    return reports.execute(id, () -> gateway.load(id, window));
  }

  Report constKey(String id) {
    // BUG: Diagnostic contains: depends on 'id'
    return reports.execute("all", () -> gateway.load(id));
  }

  Report wrongVar(String id, String other) {
    // BUG: Diagnostic contains: depends on 'other'
    return reports.execute(id, () -> gateway.load(other));
  }

  Report nestedLambda(String id, String format) {
    return reports.execute(
        // BUG: Diagnostic contains: depends on 'format'
        id, () -> Optional.of(id).map(x -> gateway.load(x, format)).orElse(null));
  }

  CompletableFuture<Report> supplyAsync(String id, String format) {
    return reports.executeAsync(
        // BUG: Diagnostic contains: depends on 'format'
        id, () -> CompletableFuture.supplyAsync(() -> gateway.load(id, format), executor).join());
  }

  Report inLoaderLocal(String id, boolean expand, int depth) {
    return reports.execute(
        // BUG: Diagnostic contains: depends on 'depth' and 'expand'
        id,
        k -> {
          int d = expand ? depth : 0;
          return gateway.load(k, d);
        });
  }

  Report touch2(String id, String who) {
    return reports.execute(
        // BUG: Diagnostic contains: depends on 'who'
        id,
        k -> {
          gateway.touch(who);
          return gateway.load(k, who);
        });
  }

  Report opts(String id, Opts opts) {
    // BUG: Diagnostic contains: depends on 'opts'
    return reports.execute(id, k -> gateway.load(k, opts.lang));
  }

  Report optsOther(String id, Opts opts) {
    // BUG: Diagnostic contains: depends on 'opts'
    return reports.execute(id + opts.full, k -> gateway.load(id, opts.lang));
  }

  Report toks(String id, String accessToken) {
    // BUG: Diagnostic contains: depends on 'accessToken'
    return reports.execute(id, () -> gateway.load(id, accessToken));
  }

  /** The null object is the only implementation here; the real one is elsewhere. */
  interface Archive {
    Report read(String id, int edition);
  }

  static final class NoArchive implements Archive {
    @Override
    public Report read(String id, int edition) {
      return null;
    }
  }

  Report ofArchive(String id, int edition, Archive archive) {
    // BUG: Diagnostic contains: depends on 'edition'
    return reports.execute(id, k -> archive.read(k, edition));
  }

  interface Index {
    Report read(String id, int edition);
  }

  final class LatestIndex implements Index {
    @Override
    public Report read(String id, int edition) {
      return gateway.load(id);
    }
  }

  Report ofIndex(String id, int edition, Index index) {
    return reports.execute(id, k -> index.read(k, edition));
  }
}
