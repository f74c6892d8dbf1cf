package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.inputs.Atom;
import dev.singleflight.checker.inputs.CacheOmissions.Kind;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Nature;
import dev.singleflight.checker.inputs.PerCaller;
import dev.singleflight.checker.inputs.Tenants;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.OmissionFindings;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link BugChecker} that flags loaders that read what belongs to one caller: a request, a
 * session, an identity, a transaction, a deadline, or something bound to the caller's thread.
 *
 * <p>The loader runs once for all the callers that wait for the key. They all get what was loaded
 * for the first of them: under its authorization, in its transaction, until its deadline.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Load from what the key carries, not from the first caller's request",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightCapturedRequest extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    PerCaller perCaller = new PerCaller(Options.of(state), state.getTypes());
    Tenants tenants = new Tenants(Options.of(state));
    List<Finding> findings = new ArrayList<>();
    for (List<Input> place : inputs.uncarriedIn(unit)) {
      Set<Entry> reported = new LinkedHashSet<>();
      for (Input input : place) {
        Symbol culprit = perCaller.in(input.atom(), input.entry());
        // a tenant that came with the request is the other check's, which knows the way out;
        // a finding in the call itself is that of all who call its helper
        if (culprit != null
            && tenants.in(input.atom()) == null
            && !input.entry().isBehind(reported)
            && reported.add(input.entry())) {
          findings.add(finding(input.entry().site(), input, culprit));
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>(DeclaredFindings.ofCaller(unit, state));
    findings.addAll(OmissionFindings.of(unit, Set.of(Kind.CALLER, Kind.PROMISE), state));
    return findings;
  }

  private static Finding finding(Site site, Input input, Symbol culprit) {
    Atom atom = input.atom();
    if (input.isCaptured()) {
      return Finding.of(
          place(site, input),
          "The loader that "
              + site.name()
              + " is given keeps '"
              + Words.name(culprit)
              + "' ("
              + Words.path(atom)
              + ") of the call that built it, and serves all later calls by it: under another's"
              + " identity, session or deadline. Load only from what the key carries, and check the"
              + " caller's rights outside the loader.");
    }
    String what =
        atom.nature() == Nature.THREAD_BOUND
            ? "reads " + atom.words() + ", which is bound to the thread of the caller that leads,"
            : "reads '"
                + Words.name(culprit)
                + "' ("
                + Words.path(atom)
                + ") of the caller that leads,";
    return Finding.of(
        place(site, input),
        "The loader of "
            + site.name()
            + " "
            + what
            + " but its result goes to every caller that waits for the same key: they are served"
            + " under another's identity, session or deadline. Load only from what the key carries,"
            + " and check the caller's rights outside the loader.");
  }

  /** Where the loader reads it, if that is in the call; otherwise the loader. */
  private static Tree place(Site site, Input input) {
    if (input.entry().isThroughHelper()) {
      return input.entry().at();
    }
    Tree loader = site.loader();
    boolean inside = loader != null && site.member().isInside(input.read().at(), loader);
    return inside || loader == null ? input.read().at() : loader;
  }
}
