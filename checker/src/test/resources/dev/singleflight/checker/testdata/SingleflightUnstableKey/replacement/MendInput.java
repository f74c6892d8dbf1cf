package test;

import dev.singleflight.SingleflightGroup;
import java.util.Objects;
import java.util.UUID;
import test.Domain.*;

class MendInput {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<Integer, User> numbers = SingleflightGroup.create();
  private final Repository db;

  MendInput(Repository db) {
    this.db = db;
  }

  User clock(String id) {
    return group.execute(id + ":" + System.currentTimeMillis(), k -> db.findUser(id));
  }

  User withoutSeparator(String id) {
    return group.execute(id + System.nanoTime(), k -> db.findUser(id));
  }

  User random(String id) {
    return group.execute("user:" + id + "/" + UUID.randomUUID(), k -> db.findUser(id));
  }

  User keyInLocal(String id) {
    String key = id + "-" + UUID.randomUUID();
    return group.execute(key, k -> db.findUser(id));
  }

  User hash(String a, String b) {
    return any.execute(Objects.hash(a, b), k -> db.findUser(a, b));
  }

  // no fix from here on

  User onlyTheClock(String id) {
    return group.execute("" + System.nanoTime(), k -> db.findUser(id));
  }

  User onlyAPrefix(String id) {
    return group.execute("user:" + System.nanoTime(), k -> db.findUser(id));
  }

  User first(String id) {
    return group.execute(System.nanoTime() + id, k -> db.findUser(id));
  }

  User now(String id) {
    long now = System.currentTimeMillis();
    return group.execute(String.format("%s:%d", id, now), k -> db.findUser(id));
  }

  User hashOfNumbers(String a, String b) {
    return numbers.execute(Objects.hash(a, b), k -> db.findUser(a, b));
  }

  User formatted(String id, UUID trace) {
    return group.execute("%s:%s".formatted(id, UUID.randomUUID()), k -> db.findUser(id));
  }

  User array(byte[] digest) {
    return any.execute(digest, k -> db.findUser("x"));
  }
}
