package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import test.Domain.*;

/** Keys that are equal only to themselves, change, or are equal to those of other questions. */
class UnequalKeys {
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Integer, User> numbers = SingleflightGroup.create();
  private final SingleflightGroup<byte[], User> digests = SingleflightGroup.create();
  private final List<String> selected = new ArrayList<>();
  private final Repository db;

  UnequalKeys(Repository db) {
    this.db = db;
  }

  User bytes(byte[] digest) {
    // BUG: Diagnostic contains: array
    return digests.execute(digest, k -> db.findUser(Arrays.toString(digest)));
  }

  User strings(String[] ids) {
    // BUG: Diagnostic contains: array
    return any.execute(ids, k -> db.findUser(ids[0]));
  }

  User newArray(String a, String b) {
    // BUG: Diagnostic contains: array
    return any.execute(new String[] {a, b}, k -> db.findUser(a + b));
  }

  User getBytes(String id) {
    // BUG: Diagnostic contains: array
    return any.execute(id.getBytes(), k -> db.findUser(id));
  }

  User arrayInList(byte[] digest, String id) {
    // BUG: Diagnostic contains: array
    return any.execute(List.of(id, digest), k -> db.findUser(id));
  }

  record Digest(String id, byte[] bytes) {}

  User recordWithArray(String id, byte[] digest) {
    // BUG: Diagnostic contains: array
    return any.execute(new Digest(id, digest), k -> db.findUser(id));
  }

  User recordWithArrayGiven(Digest digest) {
    // BUG: Diagnostic contains: array
    return any.execute(digest, k -> db.findUser(digest.id()));
  }

  User arrayInString(byte[] digest) {
    // BUG: Diagnostic contains: array
    return group.execute("sha:" + digest, k -> db.findUser("x"));
  }

  User arrayValueOf(String[] ids) {
    // BUG: Diagnostic contains: array
    return group.execute(String.valueOf((Object) ids), k -> db.findUser(ids[0]));
  }

  static class Query {
    private final String id;

    Query(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  User withoutEquals(Query query) {
    // BUG: Diagnostic contains: no equals
    return any.execute(query, k -> db.findUser(query.id()));
  }

  User newWithoutEquals(String id) {
    // BUG: Diagnostic contains: no equals
    return any.execute(new Query(id), k -> db.findUser(id));
  }

  User withoutEqualsInside(String id) {
    // BUG: Diagnostic contains: no equals
    return any.execute(List.of("users", new Query(id)), k -> db.findUser(id));
  }

  record Wrapper(Query query, String region) {}

  User recordOfWithoutEquals(String id) {
    // BUG: Diagnostic contains: no equals
    return any.execute(new Wrapper(new Query(id), "eu"), k -> db.findUser(id));
  }

  static class OverloadedEquals {
    private final String id;

    OverloadedEquals(String id) {
      this.id = id;
    }

    public boolean equals(OverloadedEquals other) {
      return other.id.equals(id);
    }
  }

  User overloaded(OverloadedEquals key) {
    // BUG: Diagnostic contains: no equals
    return any.execute(key, k -> db.findUser(key.id));
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

  User bean(Bean bean) {
    // BUG: Diagnostic contains: changes
    return any.execute(bean, k -> db.findUser(bean.getId()));
  }

  User filledBean(String id) {
    Bean bean = new Bean();
    bean.setId(id);
    // BUG: Diagnostic contains: changes
    return any.execute(bean, k -> db.findUser(id));
  }

  static class SpecialBean extends Bean {}

  User inheritedSetter(SpecialBean bean) {
    // BUG: Diagnostic contains: changes
    return any.execute(bean, k -> db.findUser(bean.getId()));
  }

  User stringBuilder(String id) {
    StringBuilder key = new StringBuilder("user:").append(id);
    // BUG: Diagnostic contains: StringBuilder
    return any.execute(key, k -> db.findUser(id));
  }

  User atomic(AtomicLong id) {
    // BUG: Diagnostic contains: AtomicLong
    return any.execute(id, k -> db.findUser(id.toString()));
  }

  User bits(BitSet flags) {
    // BUG: Diagnostic contains: BitSet
    return any.execute(flags, k -> db.findUser(flags.toString()));
  }

  User changedAfter(String a, String b) {
    List<String> key = new ArrayList<>();
    key.add(a);
    // BUG: Diagnostic contains: changes
    User user = any.execute(key, k -> db.findUser(a));
    key.add(b);
    return user;
  }

  User mutableField() {
    // BUG: Diagnostic contains: mutable collection
    return any.execute(selected, k -> db.findUser(selected.get(0)));
  }

  User objectsHash(String a, String b) {
    // BUG: Diagnostic contains: hash
    return numbers.execute(Objects.hash(a, b), k -> db.findUser(a + b));
  }

  User hashCodeOf(String id) {
    // BUG: Diagnostic contains: hash
    return numbers.execute(id.hashCode(), k -> db.findUser(id));
  }

  User hashInString(String query) {
    // BUG: Diagnostic contains: hash
    return group.execute("q:" + query.hashCode(), k -> db.findUser(query));
  }

  User hashOfRecord(String a, String b) {
    record Pair(String a, String b) {}
    // BUG: Diagnostic contains: hash
    return numbers.execute(new Pair(a, b).hashCode(), k -> db.findUser(a));
  }

  User hashOfList(List<String> ids) {
    // BUG: Diagnostic contains: hash
    return numbers.execute(ids.hashCode(), k -> db.findUser(ids.get(0)));
  }

  User arraysHash(String[] ids) {
    // BUG: Diagnostic contains: hash
    return numbers.execute(Arrays.hashCode(ids), k -> db.findUser(ids[0]));
  }

  User hashIntoLocal(String a, String b) {
    int key = Objects.hash(a, b);
    // BUG: Diagnostic contains: hash
    return numbers.execute(key, k -> db.findUser(a + b));
  }

  User hashByHand(String a, String b) {
    int key = 31 * a.hashCode() + b.hashCode();
    // BUG: Diagnostic contains: hash
    return numbers.execute(key, k -> db.findUser(a + b));
  }

  User hex(String a, String b) {
    // BUG: Diagnostic contains: hash
    return group.execute(Integer.toHexString(Objects.hash(a, b)), k -> db.findUser(a + b));
  }

  private static int hash(String a, String b) {
    return Objects.hash(a, b);
  }

  User hashHelper(String a, String b) {
    // BUG: Diagnostic contains: hash
    return numbers.execute(hash(a, b), k -> db.findUser(a + b));
  }

  User crc(String id) {
    CRC32 crc = new CRC32();
    crc.update(id.getBytes());
    // BUG: Diagnostic contains: hash
    return any.execute(crc.getValue(), k -> db.findUser(id));
  }

  User optionalArray(byte[] digest) {
    // BUG: Diagnostic contains: array
    return any.execute(Optional.of(digest), k -> db.findUser("x"));
  }

  User entryOfBean(Bean bean, String id) {
    // BUG: Diagnostic contains: changes
    return any.execute(Map.entry(id, bean), k -> db.findUser(id));
  }

  User setOfArrays(byte[] a, byte[] b) {
    // BUG: Diagnostic contains: array
    return any.execute(Set.of(a, b), k -> db.findUser("x"));
  }

  User changedMap(String id) {
    Map<String, String> key = new HashMap<>();
    key.put("id", id);
    // BUG: Diagnostic contains: changes
    User user = any.execute(key, k -> db.findUser(id));
    key.clear();
    return user;
  }

  User clearedInLoop(List<String> ids) {
    Set<String> key = new HashSet<>();
    User last = null;
    for (String id : ids) {
      key.add(id);
      // BUG: Diagnostic contains: changes
      last = any.execute(key, k -> db.findUser(id));
      key.clear();
    }
    return last;
  }
}
