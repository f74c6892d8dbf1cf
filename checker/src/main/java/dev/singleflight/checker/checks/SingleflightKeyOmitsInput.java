package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.fixes.SuggestedFix;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.inputs.CacheOmissions.Kind;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Omissions;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.KeyFixes;
import dev.singleflight.checker.report.OmissionFindings;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link BugChecker} that flags loaders whose result depends on a value that the key cannot tell
 * apart: a locale, a limit, a flag that is not in it, or only in part.
 *
 * <p>Two callers that ask for the same key with different values then share one load, and one of
 * them gets what was loaded for the other.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Put everything that decides the result into the key",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightKeyOmitsInput extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    Omissions omissions = new Omissions(inputs, Options.of(state), state.getTypes());
    List<Finding> findings = new ArrayList<>();
    for (List<Input> place : inputs.untoldIn(unit)) {
      omissions.in(place).forEach((entry, omitted) -> findings.add(finding(entry, omitted, state)));
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>(DeclaredFindings.omissions(unit, state));
    findings.addAll(OmissionFindings.of(unit, Set.of(Kind.ARGUMENT, Kind.CONFIGURATION), state));
    return findings;
  }

  private static Finding finding(Entry entry, Map<Symbol, Input> omitted, VisitorState state) {
    Site site = entry.site();
    Tree key = site.keys().isEmpty() ? site.tree() : site.keys().get(0);
    Input first = omitted.values().iterator().next();
    String names =
        omitted.keySet().stream()
            .map(symbol -> "'" + Words.name(symbol) + "'")
            .collect(Collectors.joining(" and "));
    Optional<SuggestedFix> fix =
        omitted.size() == 1 && !first.carried()
            ? KeyFixes.prefixed(site, first.atom(), state)
            : Optional.empty();
    return new Finding(
        entry.isThroughHelper() ? entry.at() : key,
        "What the loader of "
            + site.name()
            + " returns depends on "
            + names
            + " ("
            + Words.path(first.atom())
            + "), "
            + (first.carried() ? "of which the key '" : "but the key '")
            + Words.source(key)
            + (first.carried() ? "' keeps only a part" : "' does not carry it")
            + ": while a load runs, a caller with another value that asks for the same key is given"
            + " what was loaded for this one. Put "
            + names
            + " into the key"
            + (first.carried() ? " as it is, or load from what the key holds." : "."),
        fix);
  }
}
