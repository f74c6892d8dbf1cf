package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.atomic.AtomicReference;
import test.Domain.*;

class ByKeyOutput {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final AtomicReference<String> selected = new AtomicReference<>();
  private final Repository repository;
  private String current;

  ByKeyOutput(Repository repository) {
    this.repository = repository;
  }

  void select(String id) {
    current = id;
    selected.set(id);
  }

  User field() {
    return users.execute(current, key -> repository.findUser(key));
  }

  User named() {
    return users.execute(current, id -> repository.findUser(id));
  }

  User holder() {
    return users.execute(selected.get(), key -> repository.findUser(key));
  }

  void slots(String[] ids) {
    for (int i = 0; i < ids.length; i++) {
      int slot = i;
      users.executeAsync(ids[slot], key -> repository.findUser(key));
      ids[slot] = null;
    }
  }

  User twice() {
    return users.execute(current, () -> repository.findUser(current, current));
  }

  User ofAnyKey() {
    return any.execute(current, () -> repository.findUser(current));
  }

  User shadowed(String key) {
    return users.execute(current, k -> repository.findUser(k));
  }
}
