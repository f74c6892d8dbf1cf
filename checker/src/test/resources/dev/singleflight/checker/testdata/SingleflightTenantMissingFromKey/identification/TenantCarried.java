// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import test.Domain.*;

/** Keys that carry the tenant, however they are made. */
class TenantCarried extends TenantBase implements TenantDefaults {
  private static final String FORMAT = "%s|%s";
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Config> any = SingleflightGroup.create();
  private final Keying keying;

  TenantCarried(Repository db, Keying keying) {
    super(db);
    this.keying = keying;
  }

  @Override
  public Repository repository() {
    return db;
  }

  Config suffix(String tenant, String name) {
    return group.execute(name + "@" + tenant, () -> db.config(tenant, name));
  }

  Config concat(String tenant, String name) {
    return group.execute(tenant.concat(":").concat(name), () -> db.config(tenant, name));
  }

  Config compound(String tenant, String name) {
    String key = tenant;
    key += ":";
    key += name;
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config constantFormat(String tenant, String name) {
    return group.execute(String.format(FORMAT, tenant, name), () -> db.config(tenant, name));
  }

  Config localeFormat(long tenantId, String name) {
    return group.execute(
        String.format(Locale.ROOT, "%d-%05s", tenantId, name),
        () -> db.config(String.valueOf(tenantId), name));
  }

  Config messageFormat(String tenant, String name) {
    return group.execute(
        MessageFormat.format("{0}:{1}", tenant, name), () -> db.config(tenant, name));
  }

  Config joiner(String tenant, String name) {
    StringJoiner key = new StringJoiner(":");
    key.add(tenant);
    key.add(name);
    return group.execute(key.toString(), () -> db.config(tenant, name));
  }

  Config joinerChain(String tenant, String name) {
    return group.execute(
        new StringJoiner("/", "[", "]").add(tenant).add(name).toString(),
        () -> db.config(tenant, name));
  }

  Config builderChain(String tenant, String name) {
    return group.execute(
        new StringBuilder().append(tenant).append('/').append(name).toString(),
        () -> db.config(tenant, name));
  }

  Config builderInLoop(List<String> parts, String tenant) {
    StringBuilder key = new StringBuilder(tenant);
    for (String part : parts) {
      key.append('/').append(part);
    }
    return group.execute(key.toString(), () -> db.config(tenant, parts.get(0)));
  }

  Config streamJoined(String tenant, String name) {
    String key = Stream.of(tenant, name).collect(Collectors.joining(":"));
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config streamMapped(String tenant, String name) {
    String key = Stream.of(tenant, name).map(String::toLowerCase).collect(Collectors.joining(":"));
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config joinedList(String tenant, String name) {
    return group.execute(String.join(":", List.of(tenant, name)), () -> db.config(tenant, name));
  }

  Config arraysList(String tenant, String name) {
    return any.execute(Arrays.asList(tenant, name), k -> db.config(tenant, name));
  }

  Config filledList(String tenant, String name) {
    List<String> key = new ArrayList<>();
    key.add(tenant);
    key.add(name);
    return any.execute(List.copyOf(key), k -> db.config(tenant, name));
  }

  Config unmodifiable(String tenant, String name) {
    return any.execute(
        Collections.unmodifiableList(Arrays.asList(tenant, name)), k -> db.config(tenant, name));
  }

  Config mapOf(String tenant, String name) {
    return any.execute(Map.of("tenant", tenant, "name", name), k -> db.config(tenant, name));
  }

  Config optionalKey(String tenant, String name) {
    return any.execute(Optional.of(tenant + name), k -> db.config(tenant, name));
  }

  Config optionalMapped(Optional<String> tenant, String name) {
    String prefix = tenant.map(t -> t + ":").orElse("");
    return group.execute(prefix + name, () -> db.config(tenant.orElse(null), name));
  }

  record Key(String tenant, String name) {
    Key {
      Objects.requireNonNull(tenant);
    }
  }

  record Outer(Key key, Locale locale) {}

  Config nestedRecord(String tenant, String name, Locale locale) {
    return any.execute(new Outer(new Key(tenant, name), locale), k -> db.config(tenant, name));
  }

  Config recordToString(String tenant, String name) {
    return group.execute(new Key(tenant, name).toString(), () -> db.config(tenant, name));
  }

  static final class ValueKey {
    private final String owner;
    private final String name;

    ValueKey(String owner, String name) {
      this.owner = owner;
      this.name = name;
    }

    static ValueKey of(String owner, String name) {
      return new ValueKey(owner, name);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof ValueKey k && k.owner.equals(owner) && k.name.equals(name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(owner, name);
    }
  }

  Config valueClass(String tenant, String name) {
    return any.execute(new ValueKey(tenant, name), k -> db.config(tenant, name));
  }

  Config valueFactory(String tenant, String name) {
    ValueKey key = ValueKey.of(tenant, name);
    return any.execute(key, k -> db.config(tenant, name));
  }

  static final class BuiltKey {
    private final String owner;
    private final String name;

    private BuiltKey(Builder builder) {
      this.owner = builder.owner;
      this.name = builder.name;
    }

    static Builder builder() {
      return new Builder();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof BuiltKey k && k.owner.equals(owner) && k.name.equals(name);
    }

    @Override
    public int hashCode() {
      return owner.hashCode() * 31 + name.hashCode();
    }

    static final class Builder {
      private String owner = "";
      private String name = "";

      Builder owner(String owner) {
        this.owner = owner;
        return this;
      }

      Builder name(String name) {
        this.name = name;
        return this;
      }

      BuiltKey build() {
        return new BuiltKey(this);
      }
    }
  }

  Config builtKey(String tenant, String name) {
    return any.execute(
        BuiltKey.builder().owner(tenant).name(name).build(), k -> db.config(tenant, name));
  }

  Config builtInSteps(String tenant, String name) {
    BuiltKey.Builder builder = BuiltKey.builder();
    builder.owner(tenant);
    builder.name(name);
    BuiltKey key = builder.build();
    return any.execute(key, k -> db.config(tenant, name));
  }

  Config inheritedKey(String tenant, String name) {
    return group.execute(keyFor(tenant, name), () -> db.config(tenant, name));
  }

  Config interfaceKey(String tenant, String name) {
    return group.execute(defaultKey(tenant, name), () -> db.config(tenant, name));
  }

  interface Keying {
    String of(String tenant, String name);
  }

  Config opaqueKey(String tenant, String name) {
    return group.execute(keying.of(tenant, name), () -> db.config(tenant, name));
  }

  Config functionKey(BiFunction<String, String, String> key, String tenant, String name) {
    return group.execute(key.apply(tenant, name), () -> db.config(tenant, name));
  }

  Config localFunctionKey(String tenant, String name) {
    Function<String, String> key = n -> tenant + "/" + n;
    return group.execute(key.apply(name), () -> db.config(tenant, name));
  }

  Config lowerCase(String tenant, String name) {
    return group.execute(
        tenant.toLowerCase(Locale.ROOT) + ":" + name,
        () -> db.config(tenant.toLowerCase(Locale.ROOT), name));
  }

  Config normalisedBefore(String header, String name) {
    String tenant = header.trim().toLowerCase(Locale.ROOT);
    return group.execute(tenant + ":" + name, () -> db.config(tenant, name));
  }

  Config uuidKey(UUID tenantId, String name) {
    return group.execute(tenantId + "/" + name, () -> db.config(tenantId.toString(), name));
  }

  Config uuidToString(UUID tenantId, String name) {
    return group.execute(
        tenantId.toString() + "/" + name, () -> db.config(tenantId.toString(), name));
  }

  Config numberKey(long tenantId, String name) {
    return group.execute(
        Long.toString(tenantId) + name, () -> db.config(Long.toHexString(tenantId), name));
  }

  Config ternaryKey(String tenant, String name, boolean wide) {
    return group.execute(wide ? tenant + "/*" : tenant + "/" + name, () -> db.config(tenant, name));
  }

  Config ternaryPart(String tenant, String name) {
    return group.execute(
        (tenant == null ? "public" : tenant) + name, () -> db.config(tenant, name));
  }

  Config switchKey(String tenant, String name, int kind) {
    String key =
        switch (kind) {
          case 0 -> tenant + "/a/" + name;
          case 1 -> tenant + "/b/" + name;
          default -> {
            String base = tenant + "/c/";
            yield base + name;
          }
        };
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config sameGetter(Account account, String name) {
    return group.execute(
        account.getTenantId() + name, () -> db.config(account.getTenantId(), name));
  }

  static class Account {
    private final String tenantId;

    Account(String tenantId) {
      this.tenantId = tenantId;
    }

    String getTenantId() {
      return tenantId;
    }
  }

  Config getterAndLocal(Account account, String name) {
    String owner = account.getTenantId();
    return group.execute(owner + name, () -> db.config(account.getTenantId(), name));
  }

  Config keyParameterUsed(String tenant, String name) {
    return any.execute(
        new Key(tenant, name),
        k -> {
          Key key = (Key) k;
          return db.config(key.tenant(), key.name());
        });
  }

  private final SingleflightGroup<Key, Config> typed = SingleflightGroup.create();

  Config typedKey(String tenant, String name) {
    return typed.execute(new Key(tenant, name), k -> db.config(k.tenant(), k.name()));
  }

  Config typedReference(String tenant, String name) {
    return typed.execute(new Key(tenant, name), this::byKey);
  }

  private Config byKey(Key key) {
    return db.config(key.tenant(), key.name());
  }

  Config typedNamedLoader(String tenant, String name) {
    return typed.execute(new Key(tenant, name), new KeyLoader(db));
  }

  static final class KeyLoader implements Loader<Key, Config, RuntimeException> {
    private final Repository db;

    KeyLoader(Repository db) {
      this.db = db;
    }

    @Override
    public Config load(Key key) {
      return db.config(key.tenant(), key.name());
    }
  }

  Config typedAnonymous(String tenant, String name) {
    return typed.execute(
        new Key(tenant, name),
        new Loader<Key, Config, RuntimeException>() {
          @Override
          public Config load(Key key) {
            return db.config(tenant, key.name());
          }
        });
  }

  Config keyFromParameter(Key key) {
    String tenant = key.tenant();
    return typed.execute(key, k -> db.config(tenant, k.name()));
  }

  CompletableFuture<Config> async(String tenant, String name) {
    return typed.executeAsync(new Key(tenant, name), k -> db.config(tenant, name));
  }

  List<Config> streamOfTenants(List<String> tenantIds, String name) {
    return tenantIds.stream()
        .map(tenantId -> group.execute(tenantId + name, () -> db.config(tenantId, name)))
        .toList();
  }

  void loop(List<Account> accounts, String name) {
    for (Account account : accounts) {
      group.execute(account.getTenantId() + name, () -> db.config(account.getTenantId(), name));
    }
  }

  Config pairArray(String tenant, String name) {
    String[] parts = {tenant, name};
    return group.execute(String.join(":", parts), () -> db.config(parts[0], parts[1]));
  }

  Config arraysToString(String tenant, String name) {
    return group.execute(
        Arrays.toString(new String[] {tenant, name}), () -> db.config(tenant, name));
  }

  Config parsedFromKey(String key) {
    String[] parts = key.split(":");
    String tenant = parts[0];
    String name = parts[1];
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config parsedInLoader(String key) {
    return group.execute(
        key,
        k -> {
          String tenant = k.substring(0, k.indexOf(':'));
          return db.config(tenant, k.substring(tenant.length() + 1));
        });
  }

  Config tenantIsKey(String tenantId) {
    return group.execute(tenantId, id -> db.config(id, "main"));
  }

  Config tenantIsKeyCaptured(String tenantId) {
    return group.execute(tenantId, () -> db.config(tenantId, "main"));
  }

  Config byTenantField(String name) {
    String tenantId = TenantContext.get();
    String key = tenantId + ":" + name;
    return group.execute(key, k -> db.config(TenantContext.get(), name));
  }

  private String scopedKey(String name) {
    return TenantContext.get() + ":" + name;
  }

  Config keyHelperReadsHolder(String name) {
    return group.execute(scopedKey(name), k -> db.config(TenantContext.get(), name));
  }

  Config keyHelperAndVariable(String name) {
    String tenant = TenantContext.get();
    return group.execute(scopedKey(name), k -> db.config(tenant, name));
  }
}
