package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Load;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
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
    for (Site site : unit.sites()) {
      Term key = inputs.key(site);
      Term group = inputs.origin(inputs.group(site));
      for (Body loader : inputs.loader(site)) {
        for (Load load : effects.loads().of(loader)) {
          if (isSameGroup(site, group, load, inputs) && Terms.same(key, load.key())) {
            findings.add(finding(site, load));
          }
        }
      }
    }
    unit.declared().forEach(member -> addOfDeclared(member, state, findings));
    return findings;
  }

  private static boolean isSameGroup(Site site, @Nullable Term group, Load load, Inputs inputs) {
    return site.api().type().equals(load.api().type())
        && Terms.same(group, inputs.origin(load.group()));
  }

  /** A method that is itself coalesced, its body being the loader, and that calls itself. */
  private static void addOfDeclared(Member member, VisitorState state, List<Finding> findings) {
    MethodSymbol method = member.tree() instanceof MethodTree tree ? Symbols.method(tree) : null;
    Api api = Apis.of(state).match(method);
    if (method == null || api == null) {
      return;
    }
    Inputs inputs = Inputs.of(state);
    Scope scope = inputs.scope(member);
    ImmutableList<Term> parts =
        api.keys().stream()
            .map(i -> (Term) new Term.Var(method.params().get(i)))
            .collect(ImmutableList.toImmutableList());
    Term key = inputs.keyOf(parts, member.tree());
    Term group = method.isStatic() ? null : scope.self();
    for (Load load : Effects.of(state).loads().of(new Body(member.tree(), scope))) {
      if (load.api().equals(api)
          && Terms.same(group, inputs.origin(load.group()))
          && Terms.same(key, load.key())) {
        String names =
            parts.stream()
                .map(part -> ((Term.Var) part).symbol().name.toString())
                .collect(Collectors.joining(", "));
        findings.add(finding(method.name.toString(), names, load, load.at()));
      }
    }
  }

  private static Finding finding(Site site, Load load) {
    String key = site.keys().isEmpty() ? "" : Words.source(site.keys().get(0));
    Tree loader = site.loader();
    boolean inside = loader == null || site.member().isInside(load.at(), loader);
    return finding(site.name(), key, load, inside || loader == null ? load.at() : loader);
  }

  private static Finding finding(String name, String key, Load load, Tree at) {
    return Finding.of(
        at,
        "The loader of "
            + name
            + " for the key '"
            + key
            + "' asks the same group for the same key again ("
            + String.join(" → ", load.way())
            + "): it would wait for its own end, so the call fails with RecursiveLoadException, or"
            + " hangs where nothing looks out for that. Load the value directly, or use another"
            + " key or group for what this one is made of.");
  }
}
