package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Kept;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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

  /**
   * Whether entries go away by themselves before long, after they were written, or with an object
   * that by its name lives for one pass.
   */
  boolean expires(Site site) {
    MethodInvocationTree build = site.call();
    if (site.api().has(Trait.KEEPS_LOADER) && build != null) {
      return isBuiltWithExpiry(build, site.member());
    }
    VarSymbol field = field(site);
    if (field == null || Kept.isBrief(field)) {
      return field != null;
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

  /** {@code newBuilder().expireAfterWrite(…).build(loader)}, or by a builder got from elsewhere. */
  private static boolean isBuiltWithExpiry(MethodInvocationTree build, Member member) {
    MethodInvocationTree step = build;
    while (Symbols.receiver(step) instanceof MethodInvocationTree before) {
      if (isExpiry(before)) {
        return true;
      }
      step = before;
    }
    MethodSymbol first = Symbols.method(step);
    return (first == null || !first.isStatic()) && hasExpiry(member);
  }

  private static boolean hasExpiry(Member member) {
    return member.invocations().stream().anyMatch(CacheLives::isExpiry);
  }

  private static boolean isExpiry(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method != null && EXPIRES.matcher(method.name).matches() && !isLong(call);
  }

  /** Whether the source says how long entries stay, and that is an hour or more. */
  private static boolean isLong(MethodInvocationTree expiry) {
    List<? extends ExpressionTree> given = expiry.getArguments();
    if (given.size() == 1 && Symbols.strip(given.get(0)) instanceof MethodInvocationTree made) {
      MethodSymbol of = Symbols.method(made);
      return of != null
          && of.owner.getQualifiedName().contentEquals("java.time.Duration")
          && made.getArguments().size() == 1
          && isLong(made.getArguments().get(0), of.name.toString().replaceFirst("of", ""));
    }
    Symbol unit = given.size() == 2 ? ASTHelpers.getSymbol(given.get(1)) : null;
    return unit != null && isLong(given.get(0), unit.name.toString());
  }

  private static boolean isLong(ExpressionTree amount, String unit) {
    if (!(ASTHelpers.constValue(amount) instanceof Number number)) {
      return false;
    }
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "DAYS", "HOURS" -> number.longValue() >= 1;
      case "MINUTES" -> TimeUnit.MINUTES.toHours(number.longValue()) >= 1;
      case "SECONDS" -> TimeUnit.SECONDS.toHours(number.longValue()) >= 1;
      case "MILLIS", "MILLISECONDS" -> TimeUnit.MILLISECONDS.toHours(number.longValue()) >= 1;
      default -> false;
    };
  }
}
