package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.Recursions;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Load;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.report.CacheFindings;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BugChecker} that flags loaders that ask their own group for their own key, directly or
 * through the methods they call.
 *
 * <p>The inner call finds the flight that it is itself part of and would wait for its own end; our
 * runtime refuses that with a {@code RecursiveLoadException}, others hang.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Do not ask a group for a key from the loader of that key",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightRecursiveLoad extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    Effects effects = Effects.of(state);
    List<Finding> findings = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    unit.sites().forEach(site -> entries.addAll(inputs.entries(site)));
    entries.addAll(inputs.entriesThrough(unit));
    Set<Entry> reported = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.isBehind(reported)) {
        continue;
      }
      Term key = inputs.key(entry);
      Term group = inputs.origin(inputs.group(entry));
      for (Body loader : inputs.loader(entry)) {
        for (Load load : effects.loads().of(loader)) {
          if (isSameGroup(entry.site(), group, load, inputs) && Terms.same(key, load.key())) {
            reported.add(entry);
            findings.add(finding(entry, load));
          }
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    return Recursions.of(unit, state).stream().map(CacheFindings::of).toList();
  }

  private static boolean isSameGroup(Site site, @Nullable Term group, Load load, Inputs inputs) {
    // what an annotation coalesces is a group for each method, what a type offers is one for all
    boolean sameApi =
        site.api().has(Trait.DECLARED)
            ? site.api().equals(load.api())
            : site.api().has(Trait.KEEPS_LOADER) || site.api().type().equals(load.api().type());
    return sameApi && Terms.same(group, inputs.origin(load.group()));
  }

  private static Finding finding(Entry entry, Load load) {
    Site site = entry.site();
    String key =
        site.keys().isEmpty()
            ? "it is given"
            : "'" + site.keys().stream().map(Words::source).collect(Collectors.joining(", ")) + "'";
    Tree loader = site.loader();
    boolean inside = loader == null || site.member().isInside(load.at(), loader);
    return Finding.of(
        entry.isThroughHelper() ? entry.at() : inside || loader == null ? load.at() : loader,
        "The loader of "
            + site.name()
            + " for the key "
            + key
            + " asks the same group for the same key again ("
            + String.join(" → ", load.way())
            + "): it would wait for its own end, so the call fails with RecursiveLoadException, or"
            + " hangs where nothing looks out for that. Load the value directly, or use another"
            + " key or group for what this one is made of.");
  }
}
