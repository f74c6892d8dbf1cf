package test;

import java.util.HashMap;
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
}
