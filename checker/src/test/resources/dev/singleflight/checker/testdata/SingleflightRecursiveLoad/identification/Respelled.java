package test;

import dev.singleflight.SingleflightGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import test.Domain.Repository;
import test.Domain.User;

/** The same key in other words, and another in similar ones. */
final class Respelled {
  private final SingleflightGroup<Object, User> group = SingleflightGroup.create();
  private final Repository db;

  Respelled(Repository db) {
    this.db = db;
  }

  User joined(String a) {
    return group.execute(
        "x:" + a,
        // BUG: Diagnostic contains: asks the same group for the same key
        () -> group.execute(String.join(":", "x", a), () -> db.findUser(a)));
  }

  User joinedOtherwise(String a) {
    return group.execute(
        "x:" + a, () -> group.execute(String.join("/", "x", a), () -> db.findUser(a)));
  }

  User listed(String a, String b) {
    return group.execute(
        List.of(a, b),
        // BUG: Diagnostic contains: asks the same group for the same key
        () -> group.execute(Arrays.asList(a, b), () -> db.findUser(a, b)));
  }

  User swapped(String a, String b) {
    return group.execute(
        List.of(a, b), () -> group.execute(Arrays.asList(b, a), () -> db.findUser(b, a)));
  }

  User unwrapped(String id) {
    return group.execute(
        id,
        k ->
            Optional.of(k)
                // BUG: Diagnostic contains: asks the same group for the same key
                .map(x -> group.execute(x, () -> db.findUser(id)))
                .orElse(null));
  }
}
