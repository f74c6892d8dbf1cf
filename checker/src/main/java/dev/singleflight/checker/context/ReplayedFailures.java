package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps that keep a {@code Mono} or the like by key, which plays back whatever came of it: the error
 * too, to all who subscribe later.
 */
public final class ReplayedFailures {
  /** What plays back everything, without end, of types by their name. */
  private static final ImmutableMap<String, String> REPLAYS =
      ImmutableMap.of(
          "reactor.core.publisher.Mono", "cache",
          "reactor.core.publisher.Flux", "cache",
          "io.reactivex.rxjava3.core.Single", "cache",
          "io.reactivex.rxjava3.core.Maybe", "cache",
          "io.reactivex.Single", "cache",
          "io.reactivex.Maybe", "cache",
          "io.smallrye.mutiny.groups.UniMemoize", "indefinitely");

  /** What a failure does not pass. */
  private static final Pattern HANDLES = Pattern.compile("onError(?!Map).*|onFailure|recover\\w*");

  /** What cannot fail: there is nothing that it waits for. */
  private static final Pattern KNOWN =
      Pattern.compile("just\\w*|empty|never|error|of\\w*|nullItem");

  private final Inputs inputs;
  private final CacheLives lives;

  private ReplayedFailures(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.lives = CacheLives.of(state);
  }

  public static ReplayedFailures of(VisitorState state) {
    return new ReplayedFailures(state);
  }

  /** What plays back its failure for as long as the map is; null where nothing does. */
  public @Nullable ExpressionTree in(Site site, Unit unit) {
    VarSymbol field = isOfPublishers(site) ? lives.field(site) : null;
    if (field == null) {
      return null;
    }
    ExpressionTree replay = replay(site);
    boolean kept =
        replay != null
            && !lives.expires(site)
            && CacheUses.onlyGrows(field, unit.members()); // a removal may be for the failure
    return kept ? replay : null;
  }

  private static boolean isOfPublishers(Site site) {
    ExpressionTree group = site.group();
    Type type = group == null ? null : Symbols.typeOf(group);
    List<Type> arguments = type == null ? List.of() : type.getTypeArguments();
    return !arguments.isEmpty()
        && Symbols.simpleName(arguments.get(arguments.size() - 1))
            .matches("Mono|Flux|Uni|Single|Maybe");
  }

  private @Nullable ExpressionTree replay(Site site) {
    ExpressionTree value = site.loader();
    if (value == null) {
      return null;
    }
    if (site.api().has(Trait.VALUE)) {
      return isReplay(value) ? value : null;
    }
    for (Body body : inputs.loader(site)) {
      for (ExpressionTree result : Sources.results(body.function())) {
        if (isReplay(result)) {
          return value;
        }
      }
    }
    return null;
  }

  private static boolean isReplay(ExpressionTree result) {
    if (!(Symbols.strip(result) instanceof MethodInvocationTree call)
        || !call.getArguments().isEmpty()) {
      return false;
    }
    MethodSymbol method = Symbols.method(call);
    if (method == null
        || !method.name.contentEquals(
            REPLAYS.getOrDefault(method.owner.getQualifiedName().toString(), ""))) {
      return false;
    }
    MethodInvocationTree first = call;
    while (ASTHelpers.getReceiver(first) instanceof MethodInvocationTree before) {
      MethodSymbol step = Symbols.method(before);
      if (step != null && HANDLES.matcher(step.name).matches()) {
        return false;
      }
      first = before;
    }
    MethodSymbol source = Symbols.method(first);
    return source != null && !KNOWN.matcher(source.name).matches();
  }
}
