package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Fallback;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Symbols;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of loads that caches and maps of others keep as if they were values. */
public final class CachedFailures {
  private static final Context.Key<CachedFailures> KEY = new Context.Key<>();

  /** A value that says itself how long it is to be kept, or that it is kept for being none. */
  private static final Pattern TIMED =
      Pattern.compile("(?i).*(currentTimeMillis|nanoTime|now\\(|ttl|expir|retry|backoff|until).*");

  /** A failed future is no value in its place: {@link CachedFutures} asks what becomes of it. */
  private static final Pattern FAILED =
      Pattern.compile("(\\w+\\.)*(failed|immediateFailed)(Future|Stage)?\\(.*", Pattern.DOTALL);

  private final Inputs inputs;
  private final Effects effects;
  private final CacheLives lives;

  private CachedFailures(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.effects = Effects.of(state);
    this.lives = CacheLives.of(state);
  }

  public static CachedFailures of(VisitorState state) {
    CachedFailures failures = state.context.get(KEY);
    if (failures == null) {
      failures = new CachedFailures(state);
      state.context.put(KEY, failures);
    }
    return failures;
  }

  /**
   * A failure kept.
   *
   * @param expires whether it goes away in time, or with an object that does not live long
   */
  public record Kept(Site site, Fallback fallback, boolean expires) {}

  /** What the loader of a cache, or a memoizer's put, keeps of a failure; null for nothing. */
  public @Nullable Kept of(Site site) {
    if (!lives.outlivesCall(site)) {
      return null;
    }
    Fallback found = site.api().has(Trait.VALUE) ? ofValue(site) : ofLoader(site);
    if (found == null
        || TIMED.matcher(found.words()).matches()
        || FAILED.matcher(found.words()).matches()
        || isDroppedAgain(site)) {
      return null;
    }
    return new Kept(site, found, lives.expires(site));
  }

  private @Nullable Fallback ofLoader(Site site) {
    if (looksAtOld(site)) {
      return null;
    }
    for (Body body : inputs.loader(site)) {
      Fallback found = effects.passingFailures().of(body);
      if (found != null && (!found.isNull() || keepsNull(site))) {
        return found;
      }
    }
    return null;
  }

  /** {@code compute((key, old) -> …)}: it is run again and again, and may tell what it has. */
  private static boolean looksAtOld(Site site) {
    ExpressionTree loader = site.loader();
    return site.api().method().startsWith("compute")
        && !site.api().method().equals("computeIfAbsent")
        && !(loader instanceof LambdaExpressionTree lambda
            && Collections.disjoint(
                Conditions.variables(lambda.getBody()),
                lambda.getParameters().stream().skip(1).map(Symbols::variable).toList()));
  }

  private @Nullable Fallback ofValue(Site site) {
    ExpressionTree value = site.loader();
    if (value == null) {
      return null;
    }
    Fallback inHandler = effects.passingFailures().inHandler(List.of(value), value, site.member());
    Fallback found =
        inHandler != null ? inHandler : effects.passingFailures().of(value, site.member());
    MethodInvocationTree put = site.call();
    return found == null
            || found.isNull()
            || (put != null && KeptFailures.isKeptApart(found, value, put, site.member()))
        ? null
        : found;
  }

  /** Spring's caches keep null unless they are told not to. */
  private static boolean keepsNull(Site site) {
    MethodTree method = site.declaration();
    return method != null
        && method.getModifiers().getAnnotations().stream()
            .map(Tree::toString)
            .anyMatch(a -> a.matches("@([\\w.]+\\.)?Cacheable.*") && !a.contains("unless"));
  }

  /** Whether the code that loads looks at what it got, and drops some of it. */
  private boolean isDroppedAgain(Site site) {
    VarSymbol field = lives.field(site);
    return field != null && !CacheUses.drops(field, site.member()).isEmpty();
  }
}
