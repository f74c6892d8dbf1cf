// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import test.Domain.*;

/** Ways by which a loader uses a tenant. */
class TenantLoaders extends TenantBase implements TenantDefaults {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final Logger log;

  TenantLoaders(Repository db, Logger log) {
    super(db);
    this.log = log;
  }

  @Override
  public Repository repository() {
    return db;
  }

  Config block(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        k -> {
          log.info("loading {}", k);
          Config found = db.config(tenantId, k);
          return found == null ? new Config("") : found;
        });
  }

  Config tryCatch(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        () -> {
          try {
            return db.config(tenantId, name);
          } catch (IllegalStateException e) {
            log.info("failed", e);
            return new Config("fallback");
          } finally {
            log.info("done");
          }
        });
  }

  Config branch(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        () -> {
          if (tenantId.equals("internal")) {
            return new Config("internal");
          }
          return new Config("plain");
        });
  }

  Config localInside(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        () -> {
          String path = tenantId + "/" + name;
          return new Config(path);
        });
  }

  Config builderInside(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        () -> {
          StringBuilder sql = new StringBuilder("select * from config where name = ?");
          sql.append(" and tenant = '").append(tenantId).append("'");
          return new Config(sql.toString());
        });
  }

  List<User> listFilled(String tenantId, String name) {
    return lists.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        () -> {
          List<User> users = new ArrayList<>();
          for (String id : List.of("a", "b")) {
            users.add(db.findUser(tenantId, id));
          }
          return users;
        });
  }

  List<User> filtered(String tenantId, String name) {
    return lists.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name, k -> db.users(k).stream().filter(u -> u.getName().startsWith(tenantId)).toList());
  }

  Config nestedLambda(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> Optional.of(k).map(n -> db.config(tenantId, n)).orElseThrow());
  }

  Config nestedSupplier(String tenantId, String name) {
    Supplier<Config> fetch = () -> db.config(tenantId, name);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> fetch.get());
  }

  Config supplierReference(String tenantId, String name) {
    Supplier<Config> fetch = () -> db.config(tenantId, name);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, fetch::get);
  }

  Config callable(String tenantId, String name) throws Exception {
    Callable<Config> fetch = () -> db.config(tenantId, name);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, fetch::call);
  }

  Config inherited(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> loadFor(tenantId, k));
  }

  Config interfaceDefault(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> defaultLoad(tenantId, k));
  }

  Config staticHelper(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> TenantBase.fetch(db, tenantId, k));
  }

  Config twoHelpers(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> first(k, tenantId));
  }

  private Config first(String name, String owner) {
    return second(owner, name, 3);
  }

  private Config second(String owner, String name, int retries) {
    for (int i = 0; i < retries; i++) {
      Config config = db.config(owner, name);
      if (config != null) {
        return config;
      }
    }
    throw new IllegalStateException("none");
  }

  Config helperWithObject(String tenantId, String name) {
    Lookup lookup = new Lookup(tenantId, name);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> run(lookup));
  }

  record Lookup(String owner, String name) {}

  private Config run(Lookup lookup) {
    return db.config(lookup.owner(), lookup.name());
  }

  Config curried(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, loaderFor(tenantId));
  }

  private Loader<String, Config, RuntimeException> loaderFor(String owner) {
    return k -> db.config(owner, k);
  }

  Config functionField(String tenantId, String name) {
    Function<String, Config> byName = n -> db.config(tenantId, n);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, byName::apply);
  }

  Config boundReference(String tenantId, String name) {
    Scoped scoped = new Scoped(db, tenantId);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, scoped::load);
  }

  Config newBoundReference(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, new Scoped(db, tenantId)::load);
  }

  Config scopedCall(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> new Scoped(db, tenantId).load(k));
  }

  static class Scoped {
    private final Repository db;
    private final String owner;

    Scoped(Repository db, String owner) {
      this.db = db;
      this.owner = owner;
    }

    Config load(String name) {
      return db.config(owner, name);
    }
  }

  Config opaqueScoped(TenantRepositories repositories, String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> repositories.of(tenantId).config("main", k));
  }

  Config repositoryBefore(TenantRepositories repositories, String tenantId, String name) {
    Repository scoped = repositories.of(tenantId);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> scoped.config("main", k));
  }

  interface TenantRepositories {
    Repository of(String id);
  }

  Config anonymousSupplier(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        new ThrowingSupplier<Config, RuntimeException>() {
          private int tries;

          @Override
          public Config get() {
            tries++;
            return fetchIt();
          }

          private Config fetchIt() {
            return db.config(tenantId, name);
          }
        });
  }

  Config localClass(String tenantId, String name) {
    class Fetch implements ThrowingSupplier<Config, RuntimeException> {
      @Override
      public Config get() {
        return db.config(tenantId, name);
      }
    }
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, new Fetch());
  }

  Config recordLoader(String tenantId, String name) {
    record Fetch(Repository db, String owner) implements Loader<String, Config, RuntimeException> {
      @Override
      public Config load(String key) {
        return db.config(owner, key);
      }
    }
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, new Fetch(db, tenantId));
  }

  Config setterFilled(String tenantId, String name) {
    ConfigQuery query = new ConfigQuery();
    query.setOwner(tenantId);
    query.setName(name);
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> run(query));
  }

  static class ConfigQuery {
    private String owner;
    private String name;

    public String getOwner() {
      return owner;
    }

    public void setOwner(String owner) {
      this.owner = owner;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }

  private Config run(ConfigQuery query) {
    return db.config(query.getOwner(), query.getName());
  }

  Config builtQuery(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        k -> {
          Query query = Query.builder().owner(tenantId).name(k).build();
          return db.config(query.owner, query.name);
        });
  }

  static final class Query {
    final String owner;
    final String name;

    private Query(Builder builder) {
      this.owner = builder.owner;
      this.name = builder.name;
    }

    static Builder builder() {
      return new Builder();
    }

    static final class Builder {
      private String owner;
      private String name;

      Builder owner(String owner) {
        this.owner = owner;
        return this;
      }

      Builder name(String name) {
        this.name = name;
        return this;
      }

      Query build() {
        return new Query(this);
      }
    }
  }

  Config timed(String tenantId, String name) throws Exception {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> db.config(tenantId, k), Duration.ofSeconds(2));
  }

  CompletableFuture<String> asyncChain(String tenantId, String name) {
    return group
        // BUG: Diagnostic contains: tenant 'tenantId'
        .executeAsync(name, k -> db.config(tenantId, k))
        .thenApply(Config::text);
  }

  Config insideLambda(String tenantId, String name) {
    return Stream.of(name)
        // BUG: Diagnostic contains: tenant 'tenantId'
        .map(n -> group.execute(n, k -> db.config(tenantId, k)))
        .findFirst()
        .orElseThrow();
  }

  Config wrapped(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, timedLoader(() -> db.config(tenantId, name)));
  }

  private <T> ThrowingSupplier<T, RuntimeException> timedLoader(Supplier<T> inner) {
    return () -> {
      long start = System.nanoTime();
      try {
        return inner.get();
      } finally {
        log.info("took {}", System.nanoTime() - start);
      }
    };
  }

  Config wrappedElsewhere(Retry retry, String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, () -> retry.call(() -> db.config(tenantId, name)));
  }

  Config decorated(Retry retry, String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, retry.decorate(() -> db.config(tenantId, name)));
  }

  interface Retry {
    <T> T call(Supplier<T> task);

    <T> ThrowingSupplier<T, RuntimeException> decorate(Supplier<T> task);
  }

  Config switchInside(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        k ->
            switch (k) {
              case "" -> new Config("");
              default -> db.config(tenantId, k);
            });
  }

  Config throughArray(String tenantId, String name) {
    String[] arguments = {tenantId, name};
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> db.config(arguments[0], arguments[1]));
  }

  Config conditionalLoader(String tenantId, String name, boolean cold) {
    ThrowingSupplier<Config, RuntimeException> loader =
        cold ? () -> db.config(tenantId, name) : () -> new Config("warm");
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, loader);
  }

  Config logsAndLoads(String tenantId, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenantId'
        name,
        k -> {
          log.info("loading {} of {}", k, tenantId);
          return db.config(tenantId, k);
        });
  }

  Config implementation(ConfigSource source, String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> source.read(tenantId, k));
  }

  interface ConfigSource {
    Config read(String owner, String name);
  }

  static class DatabaseSource implements ConfigSource {
    private final Repository db;

    DatabaseSource(Repository db) {
      this.db = db;
    }

    @Override
    public Config read(String owner, String name) {
      return db.config(owner, name);
    }
  }
}
