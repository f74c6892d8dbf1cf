package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import test.Domain.*;

class NoneOutput {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final SingleflightGroup<String, ArrayList<String>> arrays = SingleflightGroup.create();
  private final SingleflightGroup<String, Plan> plans = SingleflightGroup.create();
  private final SingleflightGroup<String, Secret> secrets = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> any = SingleflightGroup.create();

  void mayBeNull(Repository db, String id) {
    User user = users.execute(id, db::findUser);
    if (user != null) {
      user.setName("me");
    }
  }

  void notInVariable(Repository db, String id) {
    users.execute(id, db::findUser).setName("me");
  }

  void elements(Repository db, String id) {
    List<User> all = lists.execute(id, db::users);
    all.get(0).setName("me");
  }

  void noCopy(String id) {
    Plan plan = plans.execute(id, k -> new Plan());
    plan.name = id;
  }

  void severalDefinitions(Repository db, String id, User given) {
    User user = users.execute(id, db::findUser);
    if (user == null) {
      user = given;
    }
    user.setName("me");
  }

  void privateCopy(String id) {
    Secret secret = secrets.execute(id, k -> Secret.of(id));
    secret.text = id;
  }

  <T extends List<String>> void typeVariable(SingleflightGroup<String, T> group, T loaded) {
    T names = group.execute("names", k -> loaded);
    names.add("me");
  }

  void inferred(Repository db, String id) {
    var all = arrays.execute(id, k -> new ArrayList<>(List.of(id)));
    all.add(id);
  }

  void condition(Repository db, String id) {
    if (any.execute(id, k -> db.findUser(id)) instanceof User user) {
      user.setName("me");
    }
  }

  static class Plan {
    String name;
  }

  abstract static class Template {
    String name;

    Template() {}

    Template(Template other) {
      this.name = other.name;
    }
  }

  void abstractClass(SingleflightGroup<String, Template> templates, Template loaded) {
    Template template = templates.execute("t", k -> loaded);
    template.name = "me";
  }

  static class Wrapped extends Plan {
    final Wrapped inner;

    Wrapped(Wrapped inner) {
      this.inner = inner;
    }
  }

  void decorator(SingleflightGroup<String, Wrapped> wrapped, String id) {
    Wrapped plan = wrapped.execute(id, k -> new Wrapped(null));
    plan.name = id;
  }

  static final class Secret {
    String text;

    private Secret(Secret other) {
      this.text = other == null ? "" : other.text;
    }

    static Secret of(String text) {
      Secret secret = new Secret(null);
      secret.text = text;
      return secret;
    }
  }
}
