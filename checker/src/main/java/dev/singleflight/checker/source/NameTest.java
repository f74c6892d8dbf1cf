package dev.singleflight.checker.source;

import com.sun.tools.javac.util.Name;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A question to names. A compilation has many calls and few names, and javac keeps a name as bytes
 * that take time to read, so each is asked once.
 */
public final class NameTest {
  private final Predicate<String> test;
  private final Map<Name, Boolean> known = new HashMap<>();

  public NameTest(Predicate<String> test) {
    this.test = test;
  }

  public boolean holds(Name name) {
    Boolean answer = known.get(name);
    if (answer == null) {
      answer = test.test(name.toString());
      known.put(name, answer);
    }
    return answer;
  }
}
