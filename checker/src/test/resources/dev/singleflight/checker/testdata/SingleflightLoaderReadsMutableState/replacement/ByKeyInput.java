package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.atomic.AtomicReference;
import test.Domain.*;

class ByKeyInput {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final AtomicReference<String> selected = new AtomicReference<>();
  private final Repository repository;
  private String current;

  ByKeyInput(Repository repository) {
    this.repository = repository;
  }

  void select(String id) {
    current = id;
    selected.set(id);
  }

  User field() {
    return users.execute(current, () -> repository.findUser(current));
  }

  User named() {
    return users.execute(current, id -> repository.findUser(current));
  }

  User holder() {
    return users.execute(selected.get(), () -> repository.findUser(selected.get()));
  }

  void slots(String[] ids) {
    for (int i = 0; i < ids.length; i++) {
      int slot = i;
      users.executeAsync(ids[slot], () -> repository.findUser(ids[slot]));
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
    return users.execute(current, () -> repository.findUser(current));
  }
}
