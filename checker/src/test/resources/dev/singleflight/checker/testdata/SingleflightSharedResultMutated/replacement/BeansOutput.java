package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.*;

class BeansOutput {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, Plan> plans = SingleflightGroup.create();

  User copyMethod(Repository db, String id) {
    User user = users.execute(id, db::findUser).copy();
    user.setName("me");
    return user;
  }

  Plan copyConstructor(String id) {
    Plan plan = new Plan(plans.execute(id, k -> new Plan()));
    plan.name = id;
    return plan;
  }

  static class Plan {
    String name;

    Plan() {}

    Plan(Plan other) {
      this.name = other.name;
    }
  }
}
