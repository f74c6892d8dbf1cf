package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import test.Domain.Repository;
import test.Domain.User;

/** Results that an object keeps. */
final class KeptInFields {
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;
  private List<User> last;
  List<User> visible;
  private List<User> mixed;
  private User lastUser;

  KeptInFields(Repository db) {
    this.db = db;
  }

  void load(String group) {
    this.last = lists.execute(group, g -> db.users(g));
  }

  void loadAgain(String group) {
    this.last = lists.execute(group, g -> db.users(g));
    // BUG: Diagnostic contains: changes an object
    this.last.remove(0);
  }

  void loadVisible(String group) {
    visible = lists.execute(group, g -> db.users(g));
    // BUG: Diagnostic contains: changes an object
    visible.clear();
  }

  void forget() {
    this.last = null;
  }

  void throughGetter(String id) {
    this.lastUser = users.execute(id, k -> db.findUser(k));
    // BUG: Diagnostic contains: changes an object
    this.lastUser.getRoles().add("seen");
  }

  void ownSometimes(String group, boolean shared) {
    this.mixed = shared ? lists.execute(group, g -> db.users(g)) : null;
    this.mixed = new ArrayList<>(db.users(group));
    this.mixed.clear();
  }
}
