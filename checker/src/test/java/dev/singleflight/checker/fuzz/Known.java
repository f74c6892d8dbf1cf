package dev.singleflight.checker.fuzz;

import static dev.singleflight.checker.fuzz.Dimension.CALL;
import static dev.singleflight.checker.fuzz.Dimension.LOADER;
import static dev.singleflight.checker.fuzz.Dimension.LOCK;
import static dev.singleflight.checker.fuzz.Dimension.PART;
import static dev.singleflight.checker.fuzz.Dimension.SHAPE;

import dev.singleflight.checker.fuzz.Answers.Disagreement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the checker is known to say something else than is right.
 *
 * @param check what it reports, or does not
 * @param forms what the call site has; in other dimensions it has anything
 */
record Known(String check, String reason, Map<Dimension, Set<String>> forms) {
  private static final String UNSTABLE = "SingleflightUnstableKey";
  private static final String MUTATED = "SingleflightSharedResultMutated";
  private static final String RECURSIVE = "SingleflightRecursiveLoad";
  private static final String TENANT = "SingleflightTenantMissingFromKey";
  private static final Set<String> ARRAYS = Set.of("array", "array of text");

  static final List<Known> ALL =
      List.of(
          new Known(
              MUTATED,
              "what a function returns is not followed through who calls it",
              Map.of(LOCK, Set.of("wrapper", "wrapper elsewhere", "inside a map's compute"))),
          new Known(
              UNSTABLE,
              "a helper's key argument is not looked into",
              Map.of(CALL, Set.of("private wrapper", "wrapper of another class"))),
          new Known(
              TENANT,
              "a wrapper of another class is seen only where it is handed a lambda or reference",
              Map.of(CALL, Set.of("wrapper of another class"))),
          new Known(
              "SingleflightCapturedRequest",
              "a wrapper of another class is seen only where it is handed a lambda or reference",
              Map.of(CALL, Set.of("wrapper of another class"))),
          new Known(
              RECURSIVE,
              "the key of a private helper's caller is not compared with the inner one",
              Map.of(CALL, Set.of("private wrapper"))),
          new Known(UNSTABLE, "not followed through builders", Map.of(SHAPE, Set.of("builder"))),
          new Known(
              UNSTABLE,
              "identity that an implicit toString spells",
              Map.of(PART, Set.of("object without equals"))),
          new Known(
              UNSTABLE,
              "identity that a method without source spells",
              Map.of(
                  PART,
                  ARRAYS,
                  SHAPE,
                  Set.of(
                      "MessageFormat",
                      "StringBuilder in steps",
                      "StringJoiner",
                      "stream joining",
                      "stream to list",
                      "immutable entry",
                      "optional chain",
                      "StringBuilder chain",
                      "value class",
                      "value class elsewhere"))),
          new Known(
              RECURSIVE,
              "a call without source is not held to give the same twice",
              Map.of(
                  SHAPE,
                  Set.of(
                      "StringBuilder chain",
                      "StringBuilder in steps",
                      "stream to list",
                      "builder",
                      "builder not told"))),
          new Known(
              TENANT,
              "what decides by comparing is held to be carried by a part of the value",
              Map.of(
                  PART,
                  Set.of("its length", "its first letter", "whether it is empty"),
                  LOADER,
                  Set.of("decides by it", "decides by it in an if"))),
          new Known(
              TENANT,
              "toString is not followed",
              Map.of(SHAPE, Set.of("value class that compares the id only"))),
          new Known(
              UNSTABLE,
              "equals is not asked where the key is in a local",
              Map.of(SHAPE, Set.of("value class that compares the id only"))));

  /** What is left of a disagreement when what is known is taken from it. */
  static Disagreement without(Disagreement disagreement) {
    Set<String> missing = new TreeSet<>(disagreement.missing());
    Set<String> wrong = new TreeSet<>(disagreement.wrong());
    for (Known known : ALL) {
      if (known.matches(disagreement.site())) {
        missing.remove(known.check);
        wrong.remove(known.check);
      }
    }
    return disagreement.about(missing, wrong);
  }

  private boolean matches(CallSite site) {
    return forms.entrySet().stream()
        .allMatch(entry -> entry.getValue().contains(site.forms().get(entry.getKey()).name()));
  }
}
