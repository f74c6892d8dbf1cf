package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import test.Domain.*;

/** Tenants that decide nothing, groups of one tenant, and words that only sound like a tenant. */
class TenantUndecided {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Long, Config> byId = SingleflightGroup.create();
  private final Map<String, SingleflightGroup<String, Config>> groups = new ConcurrentHashMap<>();
  private final Map<String, Shard> shards = new ConcurrentHashMap<>();
  private final Repository db;
  private final Logger log;
  private final TenantRepository tenantRepository;
  private final TenantService tenants;
  private final MeterRegistry metrics;
  private final String tenantId;
  private final TenantIndex index;

  TenantUndecided(
      Repository db,
      Logger log,
      TenantRepository tenantRepository,
      TenantService tenants,
      MeterRegistry metrics,
      String tenantId,
      TenantIndex index) {
    this.db = db;
    this.index = index;
    this.log = log;
    this.tenantRepository = tenantRepository;
    this.tenants = tenants;
    this.metrics = metrics;
    this.tenantId = tenantId;
  }

  interface TenantRepository {
    Config find(String id);
  }

  interface TenantService {
    Config describe(String id);

    SingleflightGroup<String, Config> groupFor(String tenant);
  }

  interface MeterRegistry {
    void count(String name, String... tags);
  }

  interface Shard {
    SingleflightGroup<String, Config> loads();
  }

  Config service(String id) {
    return group.execute(id, k -> tenantRepository.find(k));
  }

  Config serviceReference(String id) {
    return group.execute(id, tenantRepository::find);
  }

  Config serviceParameter(TenantService tenantService, String id) {
    return group.execute(id, k -> tenantService.describe(k));
  }

  Config auditLogged(Logger audit, String tenant, String id) {
    return group.execute(
        id,
        k -> {
          audit.info("loading {} for {}", k, tenant);
          return db.config("shared", k);
        });
  }

  Config metric(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          metrics.count("loads", "tenant", tenant);
          return db.config("shared", k);
        });
  }

  Config loggedInCatch(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          try {
            return db.config("shared", k);
          } catch (IllegalStateException e) {
            log.info("failed for " + tenant, e);
            throw new IllegalArgumentException("failed for " + tenant, e);
          }
        });
  }

  Config loggedByHelper(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          trace(tenant, k);
          return db.config("shared", k);
        });
  }

  private void trace(String tenant, String key) {
    log.info("{}: {}", tenant, key);
  }

  Config localOnlyLogged(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          String message = "loading " + k + " for " + tenant;
          log.info(message);
          return db.config("shared", k);
        });
  }

  Config insisted(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          Objects.requireNonNull(tenant, "tenant");
          assert !tenant.isEmpty();
          return db.config("shared", k);
        });
  }

  Config exceptionSupplier(String tenant, String id) {
    return group.execute(
        id,
        k ->
            java.util.Optional.ofNullable(db.config("shared", k))
                .orElseThrow(() -> new IllegalStateException("none for " + tenant)));
  }

  Config unusedArgument(String tenant, String id) {
    return group.execute(id, k -> ignore(tenant, k));
  }

  private Config ignore(String tenant, String id) {
    log.info("for {}", tenant);
    return shared(id);
  }

  private Config shared(String id) {
    return db.config("shared", id);
  }

  Config usedAfter(String tenant, String id) {
    Config config = group.execute(id, k -> db.config("shared", k));
    log.info("{} {}", tenant, config);
    return db.config(tenant, config.text());
  }

  Config usedBefore(String tenant, String id) {
    String owner = tenant.isEmpty() ? "public" : tenant;
    log.info(owner);
    return group.execute(id, k -> db.config("shared", k));
  }

  Config groupParameter(SingleflightGroup<String, Config> tenantGroup, String tenant, String name) {
    return group.execute(tenant + name, k -> db.config(tenant, name));
  }

  Config groupFromService(String tenant, String name) {
    return tenants.groupFor(tenant).execute(name, k -> db.config(tenant, k));
  }

  Config groupInMap(String tenant, String name) {
    SingleflightGroup<String, Config> own = groups.get(tenant);
    if (own == null) {
      own = SingleflightGroup.create();
      groups.put(tenant, own);
    }
    return own.execute(name, k -> db.config(tenant, k));
  }

  Config groupOrDefault(String tenant, String name) {
    return groups.getOrDefault(tenant, group).execute(name, k -> db.config(tenant, k));
  }

  Config shardOfTenant(String tenant, String name) {
    Shard shard = shards.get(tenant);
    return shard.loads().execute(name, k -> db.config(tenant, k));
  }

  private SingleflightGroup<String, Config> own(String tenant) {
    return groups.computeIfAbsent(tenant, this::newGroup);
  }

  private SingleflightGroup<String, Config> newGroup(String tenant) {
    return SingleflightGroup.newBuilder().name(tenant).build();
  }

  Config groupOfHelper(String tenant, String name) {
    SingleflightGroup<String, Config> loads = own(tenant);
    return loads.execute(name, k -> db.config(tenant, k));
  }

  Config groupOfCurrentTenant(String name) {
    return own(TenantContext.get()).execute(name, k -> db.config(TenantContext.get(), k));
  }

  Config madeHere(String tenant, List<String> names) {
    SingleflightGroup<String, Config> own = SingleflightGroup.newBuilder().name("x").build();
    return own.execute(names.get(0), k -> db.config(tenant, k));
  }

  Config ofThisObject(String name) {
    return group.execute(name, k -> db.config(tenantId, k));
  }

  Config ofThisObjectQualified(String name) {
    return this.group.execute(name, k -> this.db.config(this.tenantId, k));
  }

  Config ofThisObjectHelper(String name) {
    return group.execute(name, this::ownConfig);
  }

  private Config ownConfig(String name) {
    return db.config(tenantId, name);
  }

  static class TenantCell {
    private final String tenant;
    private final Repository db;
    private final SingleflightGroup<String, Config> loads = SingleflightGroup.create();

    TenantCell(String tenant, Repository db) {
      this.tenant = tenant;
      this.db = db;
    }

    Config get(String name) {
      return loads.execute(name, k -> db.config(tenant, k));
    }
  }

  Config cell(TenantCell cell, String name) {
    return cell.loads.execute(name, k -> cell.db.config(cell.tenant, k));
  }

  record Document(long id, String tenantId, String body) {}

  Config determinedById(Document document) {
    return byId.execute(document.id(), k -> db.config(document.tenantId(), document.body()));
  }

  static class Order {
    private long id;
    private String tenantId;

    long getId() {
      return id;
    }

    String getTenantId() {
      return tenantId;
    }
  }

  Config determinedByGetter(Order order) {
    return byId.execute(order.getId(), k -> db.config(order.getTenantId(), "order"));
  }

  Config determinedByLocal(Order order) {
    long id = order.getId();
    String tenant = order.getTenantId();
    return byId.execute(id, k -> db.config(tenant, "order"));
  }

  interface Orders {
    Order find(long id);
  }

  Config foundByKey(Orders orders, long orderId) {
    return byId.execute(orderId, k -> db.config(orders.find(k).getTenantId(), "order"));
  }

  Config foundBeforeByKey(Orders orders, long orderId) {
    Order order = orders.find(orderId);
    return byId.execute(orderId, k -> db.config(order.getTenantId(), "order"));
  }

  Config passThrough(String tenant, String key, Loader<String, Config, RuntimeException> loader) {
    log.info("{} {}", tenant, key);
    return group.execute(key, loader);
  }

  Config passThroughSupplier(String key, Supplier<Config> tenantLoader) {
    return group.execute(key, tenantLoader::get);
  }

  Config passThroughWrapped(String key, ThrowingSupplier<Config, RuntimeException> tenantLoader) {
    return group.execute(
        key,
        () -> {
          log.info("loading {}", key);
          return tenantLoader.get();
        });
  }

  private static final String DEFAULT_TENANT = "public";

  Config constantTenant(String name) {
    return group.execute(name, k -> db.config(DEFAULT_TENANT, k));
  }

  Config literalTenant(String name) {
    String tenant = "public";
    return group.execute(name, k -> db.config(tenant, k));
  }

  Config countOnly(String name, int tenantCount, boolean multiTenant) {
    return group.execute(name + tenantCount, k -> db.config("shared", k));
  }

  Config flag(String name, boolean isTenantAware) {
    return group.execute(name, k -> isTenantAware ? db.config("shared", k) : db.config("other", k));
  }

  Config tenantIds(TenantIndex index) {
    return group.execute("all", k -> new Config(index.allTenantIds().toString()));
  }

  interface TenantIndex {
    List<String> allTenantIds();
  }

  Config lieutenant(String lieutenant, String name) {
    return group.execute(lieutenant + name, k -> db.config(lieutenant, name));
  }

  Config listedInLoader() {
    return group.execute(
        "report",
        k -> {
          StringBuilder report = new StringBuilder();
          for (String tenantId : index.allTenantIds()) {
            report.append(db.config(tenantId, k).text());
          }
          return new Config(report.toString());
        });
  }

  Config streamedInLoader() {
    return group.execute(
        "report",
        k ->
            index.allTenantIds().stream()
                .map(tenantId -> db.config(tenantId, k))
                .findFirst()
                .orElseThrow());
  }

  @SuppressWarnings("SingleflightTenantMissingFromKey")
  Config suppressed(String tenant, String name) {
    return group.execute(name, k -> db.config(tenant, k));
  }
}
