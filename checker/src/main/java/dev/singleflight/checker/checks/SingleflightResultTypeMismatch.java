package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.effects.Cast;
import dev.singleflight.checker.effects.Casts;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.LoadedValue;
import dev.singleflight.checker.inputs.KeySpaces;
import dev.singleflight.checker.inputs.ResultTypes;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@link BugChecker} that flags casts of a coalesced load's value to a type that its loader
 * cannot return, or that another loader of the group does not return for the same key.
 *
 * <p>The compiler cannot see it where a group holds values of any type. The latter fails only when
 * two such loads overlap, and then for all who joined the wrong one.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Cast a shared result only to what its loader returns",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightResultTypeMismatch extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    Casts casts = Effects.of(state).casts();
    List<Cast> all = new ArrayList<>();
    for (Member member : unit.members()) {
      all.addAll(casts.in(member));
    }
    if (all.isEmpty()) {
      return findings;
    }
    List<LoadedValue> others = new ArrayList<>();
    all.forEach(cast -> others.addAll(cast.loads()));
    for (Site site : unit.sites()) {
      LoadedValue load = site.call() == null ? null : casts.loaded(site.call(), site.member());
      if (load != null) {
        others.add(load);
      }
    }
    for (Cast cast : all) {
      judge(cast, others, casts.types(), findings);
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    return DeclaredFindings.typeCollisions(unit, state);
  }

  private static void judge(
      Cast cast, List<LoadedValue> others, ResultTypes types, List<Finding> findings) {
    if (cast.loads().stream().allMatch(load -> cannotBe(load, cast.type(), types))) {
      findings.add(finding(cast, cast.loads().get(0), "its loader returns "));
      return;
    }
    for (LoadedValue own : cast.loads()) {
      for (LoadedValue other : others) {
        if (own.group() != null
            && Terms.same(own.group(), other.group())
            && cannotBe(other, cast.type(), types)
            && KeySpaces.meet(own.key(), other.key())) {
          String why = "for an equal key '" + Words.source(other.at()) + "' loads ";
          findings.add(finding(cast, other, why));
          return;
        }
      }
    }
  }

  private static boolean cannotBe(LoadedValue load, Type type, ResultTypes types) {
    return !load.types().isEmpty()
        && load.types().stream().noneMatch(result -> types.mayBe(result, type));
  }

  private static Finding finding(Cast cast, LoadedValue load, String why) {
    String returned =
        load.types().stream()
            .map(result -> name(result.type()))
            .distinct()
            .collect(Collectors.joining(" or "));
    return Finding.of(
        cast.at(),
        "The value of a coalesced load is cast to "
            + name(cast.type())
            + " here, but "
            + why
            + returned
            + ", which it is not: the cast fails with a ClassCastException. Give each type of value"
            + " a group of its own, typed with it, or have the loader return what is cast to.");
  }

  private static String name(Type type) {
    String simple = Symbols.simpleName(type);
    return type.isPrimitive() || simple.isEmpty() || simple.equals("Array")
        ? type.toString()
        : simple;
  }
}
