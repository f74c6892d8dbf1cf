package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long what others' caches and maps keep stays in them. */
public final class CacheLives {
  private static final Context.Key<CacheLives> KEY = new Context.Key<>();

  private static final Pattern EXPIRES =
      Pattern.compile(
          "expireAfter(Write|Create)?|refreshAfterWrite|timeToLive\\w*|setExpiryPolicyFactory|ttl");

  private final Inputs inputs;
  private final Sources sources;

  private CacheLives(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.sources = Sources.of(state);
  }

  public static CacheLives of(VisitorState state) {
    CacheLives lives = state.context.get(KEY);
    if (lives == null) {
      lives = new CacheLives(state);
      state.context.put(KEY, lives);
    }
    return lives;
  }

  /** Whether the cache is kept in a field, or by who manages caches, and not made for one call. */
  public boolean outlivesCall(Site site) {
    return site.declaration() != null || field(site) != null;
  }

  /** Whether entries go away by themselves some time after they were written. */
  boolean expires(Site site) {
    if (site.api().has(Trait.KEEPS_LOADER) && hasExpiry(site.member())) {
      return true;
    }
    VarSymbol field = field(site);
    if (field == null) {
      return false;
    }
    for (FieldWrite write : sources.writes(field)) {
      Member member = sources.member(write.root(), field);
      if (member != null && hasExpiry(member)) {
        return true;
      }
    }
    return false;
  }

  /** The field that holds the cache; null where that is none. */
  public @Nullable VarSymbol field(Site site) {
    Term group = inputs.group(site);
    return group != null && Terms.value(group) instanceof Term.Field field ? field.symbol() : null;
  }

  private static boolean hasExpiry(Member member) {
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol method = Symbols.method(call);
      if (method != null && EXPIRES.matcher(method.name).matches()) {
        return true;
      }
    }
    return false;
  }
}
