package dev.singleflight.checker.inputs;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/**
 * Calls of maps and caches that are not ours whose loader returns {@code null}, in so many words,
 * and whose result is used on the spot as if it never did.
 */
public final class NullLoads {
  private final Inputs inputs;

  public NullLoads(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The member select or call that fails where the loader of a call returned null; or null. */
  public @Nullable Tree failing(Site site) {
    MethodInvocationTree call = site.call();
    if (call == null
        || site.api().has(Trait.VALUE)
        || site.api().has(Trait.KEEPS_LOADER)
        || !site.api().method().matches("computeIfAbsent|get")
        || site.api().type().startsWith("com.google.")) {
      return null;
    }
    Tree at = call;
    while (site.member().parent(at) instanceof ParenthesizedTree around) {
      at = around;
    }
    Tree use = site.member().parent(at);
    return use instanceof MemberSelectTree && mayLoadNull(site) ? use : null;
  }

  private boolean mayLoadNull(Site site) {
    for (Body body : inputs.loader(site)) {
      for (ExpressionTree result : Sources.results(body.function())) {
        if (Symbols.strip(result) instanceof LiteralTree literal
            && literal.getKind() == Tree.Kind.NULL_LITERAL) {
          return true;
        }
      }
    }
    return false;
  }
}
