package test;

import dev.singleflight.SingleflightGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import test.Domain.*;

/** Arrays put into text, by what they hold and by what they are. */
class ArraysInText {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  ArraysInText(Repository db) {
    this.db = db;
  }

  User called(int[] sizes) {
    // BUG: Diagnostic contains: is an array, which a string names by its identity
    return group.execute(sizes.toString(), () -> db.findUser("" + sizes.length));
  }

  User calledInText(char[] code) {
    // BUG: Diagnostic contains: is an array, which a string names by its identity
    return group.execute("code:" + code.toString(), () -> db.findUser(new String(code)));
  }

  User byObjects(byte[] digest) {
    // BUG: Diagnostic contains: is an array, which a string names by its identity
    return group.execute(Objects.toString(digest), () -> db.findUser("" + digest.length));
  }

  User byValue(byte[] digest) {
    // BUG: Diagnostic contains: is an array, which a string names by its identity
    return group.execute(String.valueOf(digest), () -> db.findUser("" + digest.length));
  }

  User chars(char[] code) {
    return group.execute("code:" + String.valueOf(code), () -> db.findUser(new String(code)));
  }

  User elements(int[] sizes) {
    return group.execute(Arrays.toString(sizes), () -> db.findUser("" + sizes.length));
  }

  User list(List<String> ids) {
    return group.execute(ids.toString(), () -> db.findUser(ids.get(0)));
  }

  User text(String id) {
    return group.execute("id:" + Objects.toString(id), () -> db.findUser(id));
  }
}
