package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import test.Domain.Repository;
import test.Domain.User;

/** Changes made by functions that helpers, containers or variables apply. */
class FunctionsApplied {
  record Page(List<User> users, int next) {}

  static final class Profile {
    private final User user;

    Profile(User user) {
      this.user = user;
    }

    void rename(String name) {
      user.setName(name);
    }
  }

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final Consumer<User> anonymise = user -> user.setName("?");
  private final Repository db;

  FunctionsApplied(Repository db) {
    this.db = db;
  }

  private User find(String id) {
    return users.execute(id, () -> db.findUser(id));
  }

  private List<User> list(String group) {
    return lists.execute(group, () -> db.users(group));
  }

  private static <T> T apply(T value, Consumer<T> change) {
    change.accept(value);
    return value;
  }

  private static <T> void each(List<T> values, Consumer<T> change) {
    values.forEach(value -> change.accept(value));
  }

  User byHelper(String id) {
    // BUG: Diagnostic contains: hands to every caller
    return apply(find(id), user -> user.setName("x"));
  }

  void byHelperForEach(String group) {
    // BUG: Diagnostic contains: hands to every caller
    each(list(group), user -> user.setName("x"));
  }

  void byLocalFunction(String id) {
    // BUG: Diagnostic contains: hands to every caller
    Consumer<User> rename = user -> user.setName("x");
    rename.accept(find(id));
  }

  void byLocalFunctionHandedOn(String group) {
    // BUG: Diagnostic contains: hands to every caller
    Consumer<User> rename = user -> user.setName("x");
    list(group).forEach(rename);
  }

  void byReference(String id) {
    BiConsumer<User, String> setter = User::setName;
    // BUG: Diagnostic contains: hands to every caller
    setter.accept(find(id), "x");
  }

  void byFunctionInField(String id) {
    // BUG: Diagnostic contains: hands to every caller
    anonymise.accept(find(id));
  }

  void inGroups(String group) {
    Map<String, List<User>> byName =
        list(group).stream().collect(Collectors.groupingBy(User::getName));
    // BUG: Diagnostic contains: hands to every caller
    byName.values().forEach(same -> same.forEach(user -> user.setName("x")));
  }

  void inHolder(String id) {
    // BUG: Diagnostic contains: hands to every caller
    new Profile(find(id)).rename("x");
  }

  void inRecord(String group) {
    Page page = new Page(list(group), 1);
    // BUG: Diagnostic contains: hands to every caller
    page.users().add(new User());
  }

  User ofItsOwn(String id) {
    User mine = find(id).copy();
    return apply(mine, user -> user.setName("x"));
  }

  void copiedFirst(String group) {
    each(new ArrayList<>(list(group)), user -> System.out.println(user.getName()));
  }

  void readOnly(String id) {
    User mine = new User();
    apply(find(id), user -> mine.setName(user.getName()));
  }

  void anotherOne(String id) {
    Consumer<User> rename = user -> user.setName("x");
    find(id);
    rename.accept(new User());
  }

  void groupsOfItsOwn(String group) {
    Map<String, List<User>> byName =
        list(group).stream().collect(Collectors.groupingBy(User::getName));
    byName.remove("x");
    byName.values().forEach(same -> same.add(new User()));
  }

  void holderOfACopy(String id) {
    new Profile(find(id).copy()).rename("x");
  }

  void recordOfACopy(String group) {
    Page page = new Page(new ArrayList<>(list(group)), 1);
    page.users().add(new User());
  }
}
