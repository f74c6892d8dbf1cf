package dev.singleflight.samples.engines;

import java.util.Locale;
import java.util.Optional;

/** Where a server is that somebody runs already: a system property, or else a variable. */
record Setting(String property) {

  Optional<String> value() {
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(variable());
    }
    return Optional.ofNullable(value).map(String::strip).filter(given -> !given.isEmpty());
  }

  /** Returns the name of the environment variable: that of the property, in its spelling. */
  private String variable() {
    return property.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "-D" + property + " (or " + variable() + ")";
  }
}
