package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import test.Domain.Repository;
import test.Domain.User;

/** What helpers and collectors make of a shared result. */
class MappedByHelpers {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final Repository db;

  MappedByHelpers(Repository db) {
    this.db = db;
  }

  private User find(String id) {
    return users.execute(id, () -> db.findUser(id));
  }

  private static <T, R> R map(T value, Function<T, R> function) {
    return function.apply(value);
  }

  void partOfIt(String id) {
    // BUG: Diagnostic contains: hands to every caller
    map(find(id), User::getRoles).add("admin");
  }

  void sameElements(String group) {
    Map<String, User> byName =
        lists.execute(group, () -> db.users(group)).stream()
            .collect(Collectors.toMap(User::getName, Function.identity()));
    // BUG: Diagnostic contains: hands to every caller
    byName.get("x").setName("y");
  }

  void sameElementsByLambda(String group) {
    Map<String, User> byName =
        lists.execute(group, () -> db.users(group)).stream()
            .collect(Collectors.toMap(user -> user.getName(), user -> user));
    // BUG: Diagnostic contains: hands to every caller
    byName.values().forEach(user -> user.setName("y"));
  }

  void copyOfIt(String id) {
    map(find(id), User::copy).setName("x");
  }

  void copies(String group) {
    Map<String, User> byName =
        lists.execute(group, () -> db.users(group)).stream()
            .collect(Collectors.toMap(User::getName, User::copy));
    byName.get("x").setName("y");
  }

  void mapOfItsOwn(String group) {
    Map<String, User> byName =
        lists.execute(group, () -> db.users(group)).stream()
            .collect(Collectors.toMap(User::getName, Function.identity()));
    byName.remove("x");
  }
}
