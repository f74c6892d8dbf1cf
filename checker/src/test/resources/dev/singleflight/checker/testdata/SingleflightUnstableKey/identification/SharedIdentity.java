package test;

import dev.singleflight.SingleflightGroup;
import java.util.function.Supplier;
import test.Domain.*;

/** A group for all objects of a class, whose threads meet by the object. */
class SharedIdentity {
  static final class Column {
    final String name;

    Column(String name) {
      this.name = name;
    }
  }

  private static final SingleflightGroup<Object, User> GROUP = SingleflightGroup.create();
  private static final Column DEFAULT = new Column("default");
  private final Column column = new Column("own");
  private final String name = "own";

  User thisObject(Supplier<User> loader) {
    return GROUP.execute(this, loader::get);
  }

  User constant(Supplier<User> loader) {
    return GROUP.execute(DEFAULT, loader::get);
  }

  User ofField(Supplier<User> loader) {
    return GROUP.execute(column, loader::get);
  }

  User ofAClass(Supplier<User> loader) {
    return GROUP.execute(SharedIdentity.class, loader::get);
  }

  User made(Supplier<User> loader) {
    // BUG: Diagnostic contains: is a Column, which has no equals
    return GROUP.execute(new Column(name), loader::get);
  }

  User given(Column other, Supplier<User> loader) {
    // BUG: Diagnostic contains: is a Column, which has no equals
    return GROUP.execute(other, loader::get);
  }
}
