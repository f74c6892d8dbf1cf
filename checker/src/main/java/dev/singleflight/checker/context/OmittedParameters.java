package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Spel;
import dev.singleflight.checker.context.CachedMethods.Cached;
import dev.singleflight.checker.inputs.Decisive;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.PerCaller;
import dev.singleflight.checker.inputs.Tenants;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Parameters that decide what a cached method gives, and that its declared key does not name. */
public final class OmittedParameters {
  /** With what the source is asked, which says nothing of what for. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i).*(token|password|credentials?|authorization|secret|apikey|jwt|bearer|auth)");

  private final Inputs inputs;
  private final boolean strict;
  private final Decisive decisive;
  private final PerCaller perCaller;
  private final Tenants tenants;
  private final CachedMethods methods;

  public OmittedParameters(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.strict = Options.of(state).strict();
    this.decisive = new Decisive(inputs);
    this.perCaller = new PerCaller(Options.of(state), state.getTypes());
    this.tenants = new Tenants(Options.of(state));
    this.methods = CachedMethods.of(state);
  }

  /**
   * A declared key that leaves parameters out.
   *
   * @param omitted the parameters, with how the method reads them
   * @param isConstant whether it names no parameter at all
   */
  public record Omission(Cached cached, Map<VarSymbol, Input> omitted, boolean isConstant) {}

  /** The keys of a file that leave out what decides. */
  public List<Omission> in(Unit unit) {
    List<Omission> found = new ArrayList<>();
    for (Cached cached : methods.in(unit)) {
      Declaration declaration = cached.declaration();
      if (declaration.role() != Role.CACHES
          || declaration.isDefaultKey()
          || !declaration.isKeyKnown()
          || declaration.key().has(Spel.Missing.class)) {
        continue;
      }
      for (Site site : unit.caches()) {
        if (site.tree() == cached.tree()) {
          Map<VarSymbol, Input> omitted = omitted(site, cached);
          if (!omitted.isEmpty()) {
            found.add(new Omission(cached, omitted, isConstant(declaration.key())));
          }
        }
      }
    }
    return found;
  }

  private static boolean isConstant(Spel key) {
    return !key.has(Spel.Parameter.class) && !key.has(Spel.Arguments.class);
  }

  private Map<VarSymbol, Input> omitted(Site site, Cached cached) {
    boolean constant = isConstant(cached.declaration().key());
    Set<VarSymbol> named = named(cached);
    Map<VarSymbol, Input> omitted = new LinkedHashMap<>();
    for (Input input : inputs.uncarried(site)) {
      Symbol root = input.atom().root();
      if (root instanceof VarSymbol parameter
          && cached.method().params().contains(parameter)
          && !named.contains(parameter)
          && perCaller.in(input.atom(), input.entry()) == null
          && tenants.in(input.atom()) == null
          && (strict || !CREDENTIALS.matcher(parameter.name).matches())
          && (constant || decisive.in(input) != null)) {
        omitted.putIfAbsent(parameter, input);
      }
    }
    return omitted;
  }

  /** The parameters that the key, or a condition beside it, has something of. */
  private static Set<VarSymbol> named(Cached cached) {
    Set<VarSymbol> named = new HashSet<>();
    collect(cached.declaration().key(), cached, named);
    String conditions =
        cached.declaration().attribute("condition") + cached.declaration().attribute("unless");
    for (VarSymbol parameter : cached.method().params()) {
      if (conditions.contains("#" + parameter.name)) {
        named.add(parameter);
      }
    }
    return named;
  }

  private static void collect(Spel key, Cached cached, Set<VarSymbol> named) {
    if (key instanceof Spel.Parameter parameter) {
      named.add(cached.method().params().get(parameter.index()));
    } else if (key instanceof Spel.Arguments) {
      named.addAll(cached.method().params());
    }
    key.children().forEach(child -> collect(child, cached, named));
  }
}
