package test;

import java.util.*;

interface Keyed {
  default String keyOf(String id, Locale l) {
    return id + "@" + l.toLanguageTag();
  }

  default String short_(String id, Locale l) {
    return "s:" + id;
  }
}

abstract class Base {
  protected String compose(Object... parts) {
    StringJoiner j = new StringJoiner("/");
    for (Object p : parts) j.add(String.valueOf(p));
    return j.toString();
  }

  protected String first(String id, Object ignored) {
    return "k" + id;
  }
}
