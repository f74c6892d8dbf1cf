package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import test.Domain.Repository;
import test.Domain.User;

/** Containers of a caller's own, in containers of its own, of what is shared. */
final class OwnContainers {
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final Repository db;

  OwnContainers(Repository db) {
    this.db = db;
  }

  private List<User> find(String group) {
    return lists.execute(group, g -> db.users(g));
  }

  Map<String, List<User>> grouped(String group) {
    Map<String, List<User>> byName = new HashMap<>();
    for (User user : find(group)) {
      byName.computeIfAbsent(user.getName(), n -> new ArrayList<>()).add(user);
    }
    byName.values().forEach(users -> users.sort(Comparator.comparing(User::getName)));
    return byName;
  }

  Map<String, List<User>> groupedByHand(String group) {
    Map<String, List<User>> byName = new HashMap<>();
    for (User user : find(group)) {
      List<User> users = byName.get(user.getName());
      if (users == null) {
        users = new ArrayList<>();
        byName.put(user.getName(), users);
      }
      users.add(user);
    }
    byName.forEach((name, users) -> users.remove(0));
    return byName;
  }

  List<List<User>> copies(List<String> groups) {
    List<List<User>> all = new ArrayList<>();
    for (String group : groups) {
      all.add(new ArrayList<>(find(group)));
    }
    all.forEach(List::clear);
    return all;
  }

  List<List<User>> notCopied(List<String> groups) {
    List<List<User>> all = new ArrayList<>();
    for (String group : groups) {
      all.add(find(group));
    }
    for (List<User> users : all) {
      // BUG: Diagnostic contains: changes an object
      users.clear();
    }
    return all;
  }

  CompletableFuture<List<User>> copiedInAStage(String group) {
    return lists
        .executeAsync(group, g -> db.users(g))
        .thenApply(users -> new ArrayList<>(users))
        .thenApply(
            users -> {
              users.removeIf(user -> user.getName() == null);
              return users;
            });
  }

  CompletableFuture<List<User>> notCopiedInAStage(String group) {
    return lists
        .executeAsync(group, g -> db.users(g))
        .thenApply(users -> users)
        .thenApply(
            users -> {
              // BUG: Diagnostic contains: changes an object
              users.removeIf(user -> user.getName() == null);
              return users;
            });
  }
}
