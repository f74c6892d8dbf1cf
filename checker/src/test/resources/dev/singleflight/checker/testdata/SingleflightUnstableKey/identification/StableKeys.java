// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.SingleflightGroup;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import test.Domain.*;

/** Keys that are equal where the questions are. */
class StableKeys {
  private static final UUID INSTANCE = UUID.randomUUID();
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<Long, User> longs = SingleflightGroup.create();
  private final SingleflightGroup<Integer, User> numbers = SingleflightGroup.create();
  private final String instanceId = UUID.randomUUID().toString();
  private final long startedAt = System.currentTimeMillis();
  private final long salt = new Random().nextLong();
  private final AtomicLong version = new AtomicLong();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicReference<String> revision = new AtomicReference<>("");
  private final List<String> fixed = List.of("a", "b");
  private final Clock clock;
  private final Repository db;
  private final Logger log;
  private volatile long epoch;
  private int requests;

  StableKeys(Clock clock, Repository db, Logger log) {
    this.clock = clock;
    this.db = db;
    this.log = log;
  }

  User plain(String id) {
    return group.execute(id, k -> db.findUser(k));
  }

  User prefixed(String id) {
    return group.execute("user:" + id, k -> db.findUser(id));
  }

  User elsewhere(String id) {
    return group.execute(UserKeys.of(id), k -> db.findUser(id));
  }

  User number(long id) {
    return longs.execute(id, k -> db.findUser(Long.toString(k)));
  }

  User uuid(UUID id) {
    return any.execute(id, k -> db.findUser(id.toString()));
  }

  User parsedUuid(String id) {
    return any.execute(UUID.fromString(id), k -> db.findUser(id));
  }

  User nameUuid(String id) {
    return any.execute(UUID.nameUUIDFromBytes(id.getBytes()), k -> db.findUser(id));
  }

  User instance(String id) {
    return group.execute(instanceId + id, k -> db.findUser(id));
  }

  User staticInstance(String id) {
    return group.execute(INSTANCE + id, k -> db.findUser(id));
  }

  User started(String id) {
    return group.execute(startedAt + id, k -> db.findUser(id));
  }

  User salted(String id) {
    return group.execute(salt + id, k -> db.findUser(id));
  }

  User versioned(String id) {
    return group.execute(id + ":" + version.get(), k -> db.findUser(id));
  }

  User generated(String id) {
    return group.execute(id + "#" + generation.get(), k -> db.findUser(id));
  }

  User revised(String id) {
    return group.execute(id + revision.get(), k -> db.findUser(id));
  }

  User epoch(String id) {
    return group.execute(id + epoch, k -> db.findUser(id));
  }

  void invalidate() {
    epoch++;
    version.incrementAndGet();
  }

  User counted(String id) {
    requests++;
    log.info("request {}", requests);
    return group.execute(id, k -> db.findUser(k));
  }

  User timedAround(String id) {
    long start = System.nanoTime();
    try {
      return group.execute(id, k -> db.findUser(k));
    } finally {
      log.info("{} took {}", id, System.nanoTime() - start);
    }
  }

  User clockInLoader(String id) {
    return group.execute(id, k -> db.findUser(k + System.currentTimeMillis()));
  }

  User randomInLoader(String id) {
    return group.execute(id, k -> db.findUser(k, UUID.randomUUID().toString()));
  }

  enum Kind {
    A,
    B
  }

  User enumKey(Kind kind) {
    return any.execute(kind, k -> db.findUser(kind.name()));
  }

  User enumHash(Kind kind, String id) {
    return group.execute(kind + id, k -> db.findUser(id));
  }

  User ordinal(Kind kind) {
    return numbers.execute(kind.ordinal(), k -> db.findUser(kind.name()));
  }

  User classKey(Class<?> type) {
    return any.execute(type, k -> db.findUser(type.getName()));
  }

  User classLiteral() {
    return any.execute(User.class, k -> db.findUser("x"));
  }

  User className(String id) {
    return group.execute(getClass().getSimpleName() + id, k -> db.findUser(id));
  }

  record Key(String id, Locale locale, Kind kind) {}

  User recordKey(String id, Locale locale) {
    return any.execute(new Key(id, locale, Kind.A), k -> db.findUser(id));
  }

  record ArrayKey(String id, byte[] bytes) {
    @Override
    public boolean equals(Object o) {
      return o instanceof ArrayKey k && k.id.equals(id) && Arrays.equals(k.bytes, bytes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, Arrays.hashCode(bytes));
    }
  }

  User recordWithOwnEquals(ArrayKey key) {
    return any.execute(key, k -> db.findUser(key.id()));
  }

  static final class Value {
    private final String id;

    Value(String id) {
      this.id = id;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Value v && v.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  User value(Value value) {
    return any.execute(value, k -> db.findUser(value.id));
  }

  static class Base {
    final String id;

    Base(String id) {
      this.id = id;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Base b && b.id.equals(id);
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  static class Derived extends Base {
    Derived(String id) {
      super(id);
    }
  }

  User inheritedEquals(Derived derived) {
    return any.execute(derived, k -> db.findUser(derived.id));
  }

  static final class Canonical {
    static final Canonical ONE = new Canonical("1");
    final String name;

    private Canonical(String name) {
      this.name = name;
    }
  }

  User canonical(Canonical canonical) {
    return any.execute(canonical, k -> db.findUser(canonical.name));
  }

  interface Identified {
    String id();
  }

  User interfaceKey(Identified identified) {
    return any.execute(identified, k -> db.findUser(identified.id()));
  }

  abstract static class Shape {
    abstract String id();
  }

  User abstractKey(Shape shape) {
    return any.execute(shape, k -> db.findUser(shape.id()));
  }

  <T> User generic(T key) {
    return any.execute(key, k -> db.findUser(key.toString()));
  }

  User object(Object key) {
    return any.execute(key, k -> db.findUser(key.toString()));
  }

  User list(List<String> ids) {
    return any.execute(ids, k -> db.findUser(ids.get(0)));
  }

  User copied(List<String> ids) {
    return any.execute(List.copyOf(ids), k -> db.findUser(ids.get(0)));
  }

  User fixedField() {
    return any.execute(fixed, k -> db.findUser(fixed.get(0)));
  }

  User filledBefore(String a, String b) {
    List<String> key = new ArrayList<>();
    key.add(a);
    key.add(b);
    return any.execute(key, k -> db.findUser(a + b));
  }

  User copiedThenChanged(String a, String b) {
    List<String> ids = new ArrayList<>();
    ids.add(a);
    User user = any.execute(List.copyOf(ids), k -> db.findUser(a));
    ids.add(b);
    return user;
  }

  User sortedSet(Set<String> ids) {
    return any.execute(new TreeSet<>(ids), k -> db.findUser(ids.toString()));
  }

  User unmodifiable(List<String> ids) {
    return any.execute(Collections.unmodifiableList(ids), k -> db.findUser(ids.get(0)));
  }

  User map(String id) {
    return any.execute(Map.of("id", id), k -> db.findUser(id));
  }

  User mapCopy(String id) {
    Map<String, String> filters = new HashMap<>();
    filters.put("id", id);
    return any.execute(Map.copyOf(filters), k -> db.findUser(id));
  }

  User enumSet(EnumSet<Kind> kinds) {
    return any.execute(Set.copyOf(kinds), k -> db.findUser(kinds.toString()));
  }

  User arrayAsList(String[] ids) {
    return any.execute(Arrays.asList(ids), k -> db.findUser(ids[0]));
  }

  User arrayToString(byte[] digest) {
    return group.execute(Arrays.toString(digest), k -> db.findUser("x"));
  }

  User arrayHex(byte[] digest) {
    return group.execute(HexFormat.of().formatHex(digest), k -> db.findUser("x"));
  }

  User arrayBase64(byte[] digest) {
    return group.execute(Base64.getEncoder().encodeToString(digest), k -> db.findUser("x"));
  }

  User arrayElement(String[] ids) {
    return group.execute(ids[0], k -> db.findUser(ids[0]));
  }

  User arrayLength(String[] ids, String id) {
    return group.execute(id + ids.length, k -> db.findUser(id));
  }

  User newString(byte[] bytes) {
    return group.execute(new String(bytes), k -> db.findUser(new String(bytes)));
  }

  User charArray(char[] name) {
    return group.execute(String.valueOf(name), k -> db.findUser(new String(name)));
  }

  User joinedArray(String[] ids) {
    return group.execute(String.join(",", ids), k -> db.findUser(ids[0]));
  }

  User hashAndValue(String id) {
    return group.execute(id.hashCode() % 16 + ":" + id, k -> db.findUser(id));
  }

  User intHash(int id) {
    return numbers.execute(Integer.hashCode(id), k -> db.findUser(Integer.toString(id)));
  }

  User hashInLoader(String id) {
    return group.execute(id, k -> db.findUser(k, Integer.toString(k.hashCode())));
  }

  User sha256(String id) throws Exception {
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(id.getBytes());
    return group.execute(HexFormat.of().formatHex(digest), k -> db.findUser(id));
  }

  User bean(Bean bean) {
    return group.execute(bean.getId(), k -> db.findUser(bean.getId()));
  }

  User beanInString(Bean bean) {
    return group.execute("bean:" + bean.getId(), k -> db.findUser(bean.getId()));
  }

  static class Bean {
    private String id;

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Bean b && Objects.equals(b.id, id);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(id);
    }
  }

  User jdkValues(URI uri, BigDecimal amount, Locale locale) {
    return any.execute(List.of(uri, amount, locale), k -> db.findUser(uri.toString()));
  }

  User optional(Optional<String> id) {
    return any.execute(id, k -> db.findUser(id.orElse("")));
  }

  User stringFromBuilder(String id) {
    StringBuilder key = new StringBuilder("user:").append(id);
    return group.execute(key.toString(), k -> db.findUser(id));
  }

  User builderReused(List<String> ids) {
    StringBuilder key = new StringBuilder();
    User last = null;
    for (String id : ids) {
      key.setLength(0);
      key.append(id);
      last = group.execute(key.toString(), k -> db.findUser(id));
    }
    return last;
  }

  User loopIndex(List<String> ids) {
    User last = null;
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      last = group.execute(id + i, k -> db.findUser(id));
    }
    return last;
  }

  User localCounter(List<String> ids) {
    int page = 0;
    User last = null;
    for (String id : ids) {
      page++;
      last = group.execute(id + "/" + page, k -> db.findUser(id));
    }
    return last;
  }

  User page(String id, int page) {
    return group.execute(id + "?page=" + (page + 1), k -> db.findUser(id));
  }

  User substring(String id) {
    return group.execute(id.substring(0, 2), k -> db.findUser(k));
  }

  User joined(List<String> ids) {
    return group.execute(
        ids.stream().sorted().collect(Collectors.joining(",")), k -> db.findUser(ids.get(0)));
  }

  User randomElsewhere(String id) {
    String trace = UUID.randomUUID().toString();
    log.info("{} {}", trace, id);
    return group.execute(id, k -> db.findUser(k));
  }

  User clockBranch(String id, Instant closes) {
    String key = Instant.now(clock).isBefore(closes) ? id : id + "/closed";
    return group.execute(key, k -> db.findUser(id));
  }

  @SuppressWarnings("SingleflightUnstableKey")
  User suppressed(String id) {
    return group.execute(id + System.nanoTime(), k -> db.findUser(id));
  }
}
