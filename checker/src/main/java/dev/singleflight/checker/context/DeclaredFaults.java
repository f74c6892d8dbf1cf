package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Spel;
import dev.singleflight.checker.context.CachedMethods.Cached;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Fallback;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.KeyFaults;
import dev.singleflight.checker.inputs.KeyFaults.Fault;
import dev.singleflight.checker.inputs.KeyFaults.FaultKind;
import dev.singleflight.checker.inputs.PerCaller;
import dev.singleflight.checker.inputs.Tenants;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with single methods that annotations cache, or that drop what they cache. */
public final class DeclaredFaults {
  private static final Pattern WRITES =
      Pattern.compile(
          "(save|update|delete|insert|persist|merge|remove|store|upsert|patch|replace)([A-Z]\\w*)?");

  private static final Pattern ID = Pattern.compile("id|\\w+I[dD]|\\w*([uU]u|[gG]u)id");

  /** Where what is written is not the data that the cache has. */
  private static final Pattern BESIDE =
      Pattern.compile("(?i).*(cache|audit|log|event|metric|queue|publisher|history).*");

  /** Caches that do not keep a null that a method returned, unless told to. */
  private static final Pattern SKIPS_NULL =
      Pattern.compile("com\\.alicp\\..*|io\\.micronaut\\..*|ja(vax|karta)\\.cache\\..*");

  private final Inputs inputs;
  private final Effects effects;
  private final Options options;
  private final VisitorState state;
  private final CachedMethods methods;

  public DeclaredFaults(VisitorState state) {
    this.state = state;
    this.inputs = Inputs.of(state);
    this.effects = Effects.of(state);
    this.options = Options.of(state);
    this.methods = CachedMethods.of(state);
  }

  /** A key that names a parameter which the method does not have. */
  public record Unknown(Cached cached, String name) {}

  /** Names in the keys of a file that no parameter has. */
  public List<Unknown> unknown(Unit unit) {
    List<Unknown> found = new ArrayList<>();
    for (Cached cached : methods.in(unit)) {
      String name = missing(cached.declaration().key());
      if (name != null) {
        found.add(new Unknown(cached, name));
      }
    }
    return found;
  }

  private static @Nullable String missing(Spel key) {
    if (key instanceof Spel.Missing missing) {
      return missing.name();
    }
    for (Spel child : key.children()) {
      String name = missing(child);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** A part of a declared key by which no entry is ever found again. */
  public record Unequal(Cached cached, Tree part, String why) {}

  /** Declared keys that are never equal. */
  public List<Unequal> unequal(Unit unit) {
    KeyFaults faults = new KeyFaults(inputs, options);
    List<Unequal> found = new ArrayList<>();
    eachSite(
        unit,
        (cached, site) -> {
          for (Fault fault : faults.of(site)) {
            if (fault.kind() == FaultKind.NEVER_EQUAL && !site.keys().isEmpty()) {
              found.add(new Unequal(cached, site.keys().get(0), fault.why()));
              return;
            }
          }
        });
    return found;
  }

  /** What a cached method reads of one caller, or of a tenant, that its key does not have. */
  public record Leak(Cached cached, Site site, Input input, Symbol culprit) {}

  /** What cached methods read of one caller. */
  public List<Leak> ofCaller(Unit unit) {
    PerCaller perCaller = new PerCaller(options, state.getTypes());
    Tenants tenants = new Tenants(options);
    List<Leak> found = new ArrayList<>();
    eachSite(
        unit,
        (cached, site) -> {
          for (Input input : inputs.uncarried(site)) {
            Symbol culprit = perCaller.in(input.atom(), input.entry());
            if (culprit != null && !input.carried() && tenants.in(input.atom()) == null) {
              found.add(new Leak(cached, site, input, culprit));
              return;
            }
          }
        });
    return found;
  }

  /** What cached methods read of one tenant. */
  public List<Leak> ofTenant(Unit unit) {
    Tenants tenants = new Tenants(options);
    List<Leak> found = new ArrayList<>();
    eachSite(
        unit,
        (cached, site) -> {
          for (Input input : inputs.uncarried(site)) {
            Symbol tenant = tenants.in(input.atom());
            if (tenant != null
                && !input.carried()
                && !inputs.hasGloballyUniqueKey(input.entry())
                && (options.strict() || !isById(cached))
                && tenants.varies(input.atom(), tenant, inputs.group(site), inputs)) {
              found.add(new Leak(cached, site, input, tenant));
              return;
            }
          }
        });
    return found;
  }

  /** An id that a database has given: other tenants have others, unless each has its own tables. */
  private static boolean isById(Cached cached) {
    Set<Integer> keys = cached.declaration().keys();
    return keys.size() == 1
        && ID.matcher(cached.method().params().get(keys.iterator().next()).name).matches();
  }

  /** A failure that a cached method turns into a value, which then stays. */
  public record Kept(Cached cached, Fallback fallback) {}

  /** The failures that cached methods keep. */
  public List<Kept> kept(Unit unit) {
    List<Kept> found = new ArrayList<>();
    eachSite(
        unit,
        (cached, site) -> {
          Declaration declaration = cached.declaration();
          boolean excluded =
              !declaration.attribute("unless").isEmpty()
                  || !declaration.attribute("postCondition").isEmpty();
          if (excluded) {
            return;
          }
          inputs.loader(site).stream()
              .map(effects.failures()::of)
              .filter(fallback -> fallback != null && isKept(fallback, declaration))
              .findFirst()
              .ifPresent(fallback -> found.add(new Kept(cached, fallback)));
        });
    return found;
  }

  private static boolean isKept(Fallback fallback, Declaration declaration) {
    return !fallback.isNull()
        || declaration.isSet("cacheNullValue")
        || !SKIPS_NULL.matcher(declaration.annotation().type()).matches();
  }

  /** An entry that is dropped before the write that it is dropped for. */
  public record Early(Cached cached, MethodInvocationTree write) {}

  /** Drops of a file that are done too early. */
  public List<Early> early(Unit unit) {
    List<Early> found = new ArrayList<>();
    for (Cached cached : methods.in(unit)) {
      Role role = cached.declaration().role();
      boolean before =
          cached.declaration().isSet("beforeInvocation")
              || cached.declaration().attribute("afterInvocation").equals("false");
      if (before && (role == Role.EVICTS || role == Role.EVICTS_ALL)) {
        MethodInvocationTree write = write(cached);
        if (write != null) {
          found.add(new Early(cached, write));
        }
      }
    }
    return found;
  }

  private @Nullable MethodInvocationTree write(Cached cached) {
    Member member = Sources.of(state).member(cached.tree(), cached.method());
    if (member == null) {
      return null;
    }
    for (MethodInvocationTree call : member.invocations()) {
      if (writes(call)) {
        return call;
      }
    }
    return null;
  }

  /** A call on what a field holds, by its name. */
  private static boolean writes(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    ExpressionTree receiver = Symbols.receiver(call);
    if (method == null || receiver == null || !WRITES.matcher(method.name).matches()) {
      return false;
    }
    VarSymbol field = Symbols.variable(Symbols.strip(receiver));
    return field != null
        && Symbols.isField(field)
        && !Symbols.qualifiedName(field.type).startsWith("java.")
        && !BESIDE.matcher(Symbols.simpleName(field.type)).matches();
  }

  private void eachSite(Unit unit, BiConsumer<Cached, Site> action) {
    for (Cached cached : methods.in(unit)) {
      if (cached.declaration().role() == Role.CACHES) {
        unit.caches().stream()
            .filter(site -> site.tree() == cached.tree())
            .findFirst()
            .ifPresent(site -> action.accept(cached, site));
      }
    }
  }
}
