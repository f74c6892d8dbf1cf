package dev.singleflight.checker.checks;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.context.CachedMethods;
import dev.singleflight.checker.context.CachedMethods.Cached;
import dev.singleflight.checker.context.CachedMethods.Collision;
import dev.singleflight.checker.context.CachedMethods.Missed;
import dev.singleflight.checker.context.DeclaredFaults;
import dev.singleflight.checker.context.DeclaredFaults.Leak;
import dev.singleflight.checker.context.OmittedParameters;
import dev.singleflight.checker.context.OmittedParameters.Omission;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the checks say of methods that are cached by an annotation. */
final class DeclaredFindings {
  private DeclaredFindings() {}

  /** Keys that leave out what decides: for {@link SingleflightKeyOmitsInput}. */
  static List<Finding> omissions(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    new DeclaredFaults(state)
        .unknown(unit)
        .forEach(
            unknown ->
                findings.add(
                    Finding.of(
                            unknown.cached().at(),
                            "The key of "
                                + what(unknown.cached())
                                + " names '"
                                + unknown.name()
                                + "', but the method has no parameter of that name: it is null in"
                                + " every call, so that calls with different arguments get each"
                                + " other's entry. Name the parameter as it is declared.")
                        .because("the key is " + key(unknown.cached()))));
    new OmittedParameters(state).in(unit).forEach(omission -> findings.add(omission(omission)));
    CachedMethods methods = CachedMethods.of(state);
    for (Missed missed : methods.missed(unit, Role.PUTS, Options.of(state).strict())) {
      findings.add(
          Finding.of(
                  missed.by().at(),
                  what(missed.by())
                      + " puts its result under "
                      + key(missed.by())
                      + ", where '"
                      + missed.cached().method().name
                      + "' looks for it under "
                      + key(missed.cached())
                      + " in "
                      + CachedMethods.caches(missed.cached())
                      + ": readers go on getting the old entry, or load again. Give both the same"
                      + " key.")
              .because("the keys are of types that are never equal"));
    }
    for (Collision collision : methods.collisions(unit)) {
      if (collision.isSameType()) {
        findings.add(collision(collision));
      }
    }
    return findings;
  }

  private static Finding omission(Omission omission) {
    String names =
        omission.omitted().keySet().stream()
            .map(parameter -> "'" + parameter.name + "'")
            .collect(Collectors.joining(" and "));
    String path = Words.path(omission.omitted().values().iterator().next().atom());
    return Finding.of(
            omission.cached().at(),
            "What "
                + what(omission.cached())
                + " caches depends on "
                + names
                + " ("
                + path
                + "), but its key "
                + key(omission.cached())
                + (omission.isConstant() ? " names no parameter" : " does not name it")
                + ": a call with another value is given the entry of this one. Put "
                + names
                + " into the key, or leave the key out to have all parameters in it.")
        .because(
            omission.isConstant()
                ? "one entry serves all arguments"
                : "the parameter stands beside those of the key, and decides what is loaded");
  }

  /** Methods of one cache that give different types under the same key. */
  static List<Finding> typeCollisions(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (!unit.annotated().isEmpty()) {
      for (Collision collision : CachedMethods.of(state).collisions(unit)) {
        if (!collision.isSameType()) {
          findings.add(collision(collision));
        }
      }
      for (Missed mistaken : CachedMethods.of(state).mistaken(unit)) {
        findings.add(mistaken(mistaken));
      }
    }
    return findings;
  }

  private static Finding mistaken(Missed mistaken) {
    String put = mistaken.by().method().getReturnType().toString();
    String expected = mistaken.cached().method().getReturnType().toString();
    boolean nothing = put.equals("void");
    return Finding.of(
            mistaken.by().at(),
            what(mistaken.by())
                + " puts "
                + (nothing ? "null" : "the " + put + " that it returns")
                + " into "
                + CachedMethods.caches(mistaken.by())
                + ", from where '"
                + mistaken.cached().method().name
                + "' gives "
                + (nothing
                    ? "it to its callers for a " + expected
                    : "a " + expected + ", and so fails with a ClassCastException")
                + ". Return the new value, or evict the entry instead.")
        .because("all methods that cache there return another type");
  }

  private static Finding collision(Collision collision) {
    Cached second = collision.second();
    Cached first = collision.first();
    String consequence =
        collision.isSameType()
            ? "whichever is called first answers for both"
            : "whichever is called second gets a "
                + first.method().getReturnType()
                + " for a "
                + second.method().getReturnType()
                + " and fails with a ClassCastException";
    return Finding.of(
            second.at(),
            "'"
                + second.method().name
                + "' and '"
                + first.method().name
                + "' keep what they load in "
                + CachedMethods.caches(second)
                + " under the same key "
                + key(second)
                + ", which does not say which of them was asked: "
                + consequence
                + ". Give each a cache of its own, or put the method into the key.")
        .because("a key is made of arguments only, and these have the same");
  }

  /** Keys that are never equal: for {@link SingleflightUnstableKey}. */
  static List<Finding> unequal(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    new DeclaredFaults(state)
        .unequal(unit)
        .forEach(
            unequal ->
                findings.add(
                    Finding.of(
                            unequal.part(),
                            "The key of "
                                + what(unequal.cached())
                                + " is unstable: '"
                                + Words.source(unequal.part())
                                + "' "
                                + unequal.why()
                                + "; no two calls have equal keys, so that nothing is ever found in"
                                + " the cache, which only grows. Make the key of the values that"
                                + " tell the questions apart.")
                        .because("the key is compared by equals")));
    return findings;
  }

  /** What belongs to one caller: for {@link SingleflightCapturedRequest}. */
  static List<Finding> ofCaller(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    for (Leak leak : new DeclaredFaults(state).ofCaller(unit)) {
      findings.add(
          leak(
              leak,
              ", which belongs to the first caller, but what it returns is kept and given to every"
                  + " caller with the same key "
                  + key(leak.cached())
                  + ". Make it a parameter that is in the key, or read it outside."));
    }
    return findings;
  }

  /** What belongs to one tenant: for {@link SingleflightTenantMissingFromKey}. */
  static List<Finding> ofTenant(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    for (Leak leak : new DeclaredFaults(state).ofTenant(unit)) {
      findings.add(
          leak(
              leak,
              ", a tenant that its key "
                  + key(leak.cached())
                  + " does not carry: another tenant that asks for the same is given this one's"
                  + " data. Put the tenant into the key, or have a cache for each."));
    }
    return findings;
  }

  private static Finding leak(Leak leak, String consequence) {
    return Finding.of(
            leak.input().read().at(),
            what(leak.cached())
                + " reads '"
                + Words.name(leak.culprit())
                + "' ("
                + Words.path(leak.input().atom())
                + ")"
                + consequence)
        .because("what is read decides the result, and the cache outlives the call");
  }

  /** Fallbacks that stay: for {@link SingleflightStickyFailure}. */
  static List<Finding> kept(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    new DeclaredFaults(state)
        .kept(unit)
        .forEach(
            kept -> {
              Tree at = kept.fallback().at();
              boolean here = kept.fallback().member().tree() == kept.cached().tree();
              findings.add(
                  Finding.of(
                          here ? at : kept.cached().at(),
                          "When its load fails, "
                              + what(kept.cached())
                              + " returns '"
                              + kept.fallback().words()
                              + "', which is cached as if it had been loaded: after one timeout"
                              + " every later caller gets it, long after the source has recovered."
                              + " Let the failure pass, catch it outside the cached method, or keep"
                              + " the fallback out (unless).")
                      .because("no unless keeps it out"));
            });
    return findings;
  }

  /** Drops that miss, or come too early: for {@link SingleflightInvalidateWithoutForget}. */
  static List<Finding> drops(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    if (unit.annotated().isEmpty()) {
      return findings;
    }
    boolean strict = Options.of(state).strict();
    for (Missed missed : CachedMethods.of(state).missed(unit, Role.EVICTS, strict)) {
      findings.add(
          Finding.of(
                  missed.by().at(),
                  what(missed.by())
                      + " drops the entry of "
                      + key(missed.by())
                      + ", but '"
                      + missed.cached().method().name
                      + "' keeps what it loads in "
                      + CachedMethods.caches(missed.cached())
                      + " under "
                      + key(missed.cached())
                      + ", which is never the same: the old entry stays. Evict by the key that is"
                      + " cached, or all entries.")
              .because("the keys are of types that are never equal"));
    }
    new DeclaredFaults(state)
        .early(unit)
        .forEach(
            early ->
                findings.add(
                    Finding.of(
                            early.cached().at(),
                            what(early.cached())
                                + " drops the entry before it runs, and then writes ('"
                                + Words.source(early.write())
                                + "'): a reader that comes between the two loads the old value,"
                                + " which then stays. Drop it after the method, as is the default.")
                        .because("a write stands in the method")));
    return findings;
  }

  private static String what(Cached cached) {
    return "@" + cached.declaration().annotation().simpleName() + " '" + cached.method().name + "'";
  }

  private static String key(Cached cached) {
    if (!cached.declaration().isDefaultKey()) {
      return "\"" + cached.declaration().keyText() + "\"";
    }
    return cached.method().params().stream()
        .map(parameter -> parameter.name.toString())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
