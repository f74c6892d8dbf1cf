package dev.singleflight.samples.service;

import java.util.Locale;

/** What the service can be told, by an environment variable or, which wins, a system property. */
enum Setting {
  PORT("8080", "port to listen on; 0 for any that is free"),
  COALESCING("true", "whether callers who miss a product at the same time share one query"),
  TTL("60s", "how long a product is cached"),
  MISSING_TTL("10s", "how long it is remembered that a product is missing; 0s for not at all"),
  REFRESH_AFTER(
      "45s", "age from which on a product is refreshed while its old price is served; never"),
  MAXIMUM_PRODUCTS("10000", "how many products of a tenant are cached at most"),
  CONNECTIONS("10", "how many connections to the database there are at most"),
  DATABASE_TIMEOUT("2s", "how long to wait at most for a connection, and then for an answer"),
  STOP_TIMEOUT("10s", "how long requests under way may take when the service is stopped"),
  DEMO_DATA("true", "whether to put some products on sale to try it with");

  private static final String ENVIRONMENT = "CATALOGUE_";
  private static final String PROPERTY = "catalogue.";

  private final String unlessSet;
  private final String meaning;

  Setting(String unlessSet, String meaning) {
    this.unlessSet = unlessSet;
    this.meaning = meaning;
  }

  String variable() {
    return ENVIRONMENT + name();
  }

  String property() {
    return PROPERTY + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  String unlessSet() {
    return unlessSet;
  }

  String meaning() {
    return meaning;
  }

  /** Tells whether a variable is meant for the service, whether or not there is such a setting. */
  static boolean isVariable(String name) {
    return name.startsWith(ENVIRONMENT);
  }

  /** Tells whether a property is meant for the service, whether or not there is such a setting. */
  static boolean isProperty(String name) {
    return name.startsWith(PROPERTY);
  }
}
