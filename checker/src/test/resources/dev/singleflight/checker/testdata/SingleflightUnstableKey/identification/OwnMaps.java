package test;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Maps that outlive the call, and those of one piece of work. */
class OwnMaps {
  interface Parser {
    String parse(String name);
  }

  /** Equal only to itself. */
  static final class State {
    final String name;

    State(String name) {
      this.name = name;
    }
  }

  private final Map<State, String> texts = new HashMap<>();
  private final Map<String, State> states = new HashMap<>();
  private final Map<ClassLoader, String> origins = new HashMap<>();
  private final List<State> all = new ArrayList<>();
  private final Parser parser;

  OwnMaps(Parser parser) {
    this.parser = parser;
  }

  String text(String name) {
    State state = new State(name);
    // BUG: Diagnostic contains: equal only to itself
    String text = texts.get(state);
    if (text == null) {
      text = parser.parse(name);
      texts.put(state, text);
    }
    return text;
  }

  /** Who has the map may know the states by other ways. */
  String text(String name, Map<State, String> known) {
    State state = new State(name);
    // STRICT: Diagnostic contains: equal only to itself
    String text = known.get(state);
    if (text == null) {
      text = parser.parse(name);
      known.put(state, text);
    }
    return text;
  }

  /** One state for a name, kept while it is given back. */
  State state(String name) {
    State state = states.get(name);
    if (state != null) {
      return state;
    }
    states.put(name, state = new State(name));
    return state;
  }

  String textOfState(String name) {
    State state = state(name);
    String text = texts.get(state);
    if (text == null) {
      text = parser.parse(name);
      texts.put(state, text);
    }
    return text;
  }

  /** It does something, and is known by what it is. */
  String origin(URL[] urls) {
    ClassLoader loader = new URLClassLoader(urls);
    // STRICT: Diagnostic contains: equal only to itself
    return origins.computeIfAbsent(loader, l -> parser.parse(l.getName()));
  }

  /** The helper keeps it where others find it. */
  String listed(String name) {
    return remembered(new State(name));
  }

  private String remembered(State state) {
    all.add(state);
    return texts.computeIfAbsent(state, s -> parser.parse(s.name));
  }

  /** Lives for one pass, by its name. */
  static final class PageContext {
    private final Map<State, String> seen = new HashMap<>();
    private final Map<Integer, String> byHash = new HashMap<>();
    private final Parser parser;

    PageContext(Parser parser) {
      this.parser = parser;
    }

    String text(String name) {
      // STRICT: Diagnostic contains: equal only to itself
      return seen.computeIfAbsent(new State(name), s -> parser.parse(s.name));
    }

    String hashed(String name) {
      // STRICT: Diagnostic contains: is a 32-bit hash of 'name'
      return byHash.computeIfAbsent(name.hashCode(), h -> parser.parse(name));
    }
  }

  private final Map<Integer, Integer> uses = new HashMap<>();
  private final Map<Integer, String> hashes = new HashMap<>();

  /** It is counted, whatever the key was made of. */
  String numbered(List<String> names) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      all.append(names.get(i).trim());
    }
    Integer key = all.toString().hashCode();
    Integer count = uses.get(key);
    if (count == null) {
      uses.put(key, 0);
      return key + "_0";
    }
    int next = count.intValue() + 1;
    uses.put(key, next);
    return key + "_" + next;
  }

  String parsed(String name) {
    // BUG: Diagnostic contains: is a 32-bit hash of 'name'
    return hashes.computeIfAbsent(name.hashCode(), h -> parser.parse(name));
  }
}
