package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.context.RequestState;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.KeyFaults;
import dev.singleflight.checker.inputs.MutableState;
import dev.singleflight.checker.inputs.MutableState.Reread;
import dev.singleflight.checker.inputs.PerCaller;
import dev.singleflight.checker.inputs.Tenants;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.KeptFindings;
import dev.singleflight.checker.report.LoaderFixes;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@link BugChecker} that flags loaders that read, when they run, what may have changed since
 * their key was made: a field, an array's element, a holder, an iterator.
 *
 * <p>The value is then loaded for another key than the one it is given out under.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Load what the key says, not what a variable holds by then",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightLoaderReadsMutableState extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    MutableState mutable = new MutableState(inputs);
    KeyFaults faults = new KeyFaults(inputs, Options.of(state));
    PerCaller perCaller = new PerCaller(Options.of(state), state.getTypes());
    Tenants tenants = new Tenants(Options.of(state));
    List<Finding> findings = new ArrayList<>();
    for (List<Entry> ways : inputs.entriesIn(unit)) {
      for (Entry entry : ways) {
        Reread found =
            mutable.of(entry).stream()
                .filter(
                    reread ->
                        // what belongs to a tenant or a caller is the business of other checks
                        reread.again()
                            || reread.atoms().stream()
                                .allMatch(
                                    atom ->
                                        tenants.in(atom) == null
                                            && perCaller.in(atom, entry) == null))
                .findFirst()
                .orElse(null);
        if (found != null && faults.of(entry.site()).isEmpty()) {
          findings.add(finding(entry, found, state));
          break;
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    RequestState requests = new RequestState(state);
    return unit.caches().stream()
        .map(requests::of)
        .filter(Objects::nonNull)
        .map(KeptFindings::reread)
        .toList();
  }

  private static Finding finding(Entry entry, Reread reread, VisitorState state) {
    Site site = entry.site();
    Tree key = site.keys().isEmpty() ? site.tree() : site.keys().get(0);
    String why =
        reread.again()
            ? "', of which the key '"
                + Words.source(key)
                + "' was made, again when it runs, and by then "
            : "', which the key '" + Words.source(key) + "' does not carry, when it runs, and ";
    return new Finding(
        place(entry, reread),
        "The loader of "
            + site.name()
            + " reads '"
            + reread.words()
            + why
            + reread.change()
            + ": a caller is then given what was loaded for something else than it asked for. Load"
            + " by the loader's own key parameter, or copy '"
            + reread.words()
            + "' to a local variable first"
            + (reread.again() ? " and make key and load of that." : " and put that into the key."),
        reread.again() && !entry.isThroughHelper()
            ? LoaderFixes.byKey(site, state)
            : Optional.empty());
  }

  /** Where the loader reads it, if that is in the call; otherwise the loader. */
  private static Tree place(Entry entry, Reread reread) {
    Tree loader = entry.site().loader();
    if (entry.isThroughHelper()) {
      return entry.at();
    }
    return loader == null || entry.site().member().isInside(reread.at(), loader)
        ? reread.at()
        : loader;
  }
}
