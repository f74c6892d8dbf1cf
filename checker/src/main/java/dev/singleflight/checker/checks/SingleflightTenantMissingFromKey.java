package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.inputs.CacheOmissions.Kind;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Tenants;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link BugChecker} that flags loaders that use a tenant which neither the key nor the choice of
 * group carries.
 *
 * <p>Two tenants that ask for the same key at the same time then share one load, and one of them
 * gets the other's data.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Put the tenant into the key, or use one group for each tenant",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightTenantMissingFromKey extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    Tenants tenants = new Tenants(Options.of(state));
    List<Finding> findings = new ArrayList<>();
    for (List<Input> place : inputs.uncarriedIn(unit)) {
      Set<Entry> reported = new LinkedHashSet<>();
      for (Input input : place) {
        Symbol tenant = tenants.in(input.atom());
        // a finding in the call itself is that of all who call its helper
        if (tenant != null
            && !input.entry().isBehind(reported)
            && !inputs.hasGloballyUniqueKey(input.entry())
            && tenants.varies(input.atom(), tenant, inputs.group(input.entry().site()), inputs)) {
          reported.add(input.entry());
          findings.add(finding(input, tenant, state));
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>(DeclaredFindings.ofTenant(unit, state));
    findings.addAll(OmissionFindings.of(unit, Set.of(Kind.TENANT), state));
    return findings;
  }

  private static Finding finding(Input input, Symbol tenant, VisitorState state) {
    Site site = input.entry().site();
    if (input.isCaptured()) {
      return Finding.of(
          input.entry().at(),
          "The loader that "
              + site.name()
              + " is given keeps the tenant '"
              + Words.name(tenant)
              + "' ("
              + Words.path(input.atom())
              + ") of the call that built it, and serves later calls of other tenants with that"
              + " tenant's data. Build it with buildPerTenant, or keep one loader for each tenant.");
    }
    Tree key = site.keys().isEmpty() ? site.tree() : site.keys().get(0);
    return new Finding(
        input.entry().isThroughHelper() ? input.entry().at() : key,
        "The loader of "
            + site.name()
            + " uses the tenant '"
            + Words.name(tenant)
            + "' ("
            + Words.path(input.atom())
            + "), but the key "
            + (site.keys().isEmpty() ? "that it is given" : "'" + Words.source(key) + "'")
            + " does not carry it, nor does the choice of group: while a load runs, a caller of"
            + " another tenant that asks for the same key is given this tenant's data. Put the"
            + " tenant into the key, or keep one group for each tenant.",
        KeyFixes.prefixed(site, input.atom(), state));
  }
}
