package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Symbols;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Whether a value says which tenant a call is for: by name, type, annotation or option. */
public final class Tenants {
  /** The last words of a name that is the tenant's identity, and not, say, its repository. */
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(.*_)?(tenant(_?(id|key|name|code|uuid|guid|identifier|slug|ref|ctx|context|domain"
              + "|schema|info))?|(org|organization|organisation|workspace)_?(id|uuid|key))");

  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final ImmutableSet<String> names;

  public Tenants(Options options) {
    this.names = options.tenantNames();
  }

  /** The symbol by which {@code atom} is known to carry a tenant; null where it does not. */
  public @Nullable Symbol in(Atom atom) {
    if (is(atom.root())) {
      return atom.root();
    }
    if (atom.nature() == Nature.THREAD_BOUND) {
      // the variable that holds it is a thread-local, whose name speaks of what is in it
      Symbol holder =
          atom.path().isEmpty() ? atom.root() : atom.path().get(atom.path().size() - 1).symbol();
      if (holder instanceof VarSymbol && isTenantName(holder.name.toString())) {
        return holder;
      }
    }
    for (Symbol symbol : atom.trail()) {
      if (symbol instanceof VarSymbol && is(symbol)) {
        return symbol;
      }
    }
    for (Step step : atom.path()) {
      if (is(step.symbol()) || saysTenant(step.name())) {
        return step.symbol();
      }
    }
    for (Symbol symbol : atom.trail()) {
      if (is(symbol)) {
        return symbol;
      }
    }
    return null;
  }

  /**
   * Whether a tenant found in what a loader reads may be another one in the next call of the same
   * group. A tenant in a field is what the object was made for; with a group of its own, too, its
   * callers are all of that tenant.
   */
  public boolean varies(Atom atom, Symbol tenant, @Nullable Term group, Inputs inputs) {
    if (atom.root() instanceof MethodSymbol method && atom.nature() == Nature.PLAIN) {
      return asksForCurrent(method);
    }
    if (!atom.isConfiguration()) {
      return !isFound(atom, tenant);
    }
    boolean ofThisObject = atom.root() instanceof ClassSymbol;
    int calls = 0;
    for (Step step : atom.path()) {
      calls += step.symbol() instanceof MethodSymbol && !step.dependent() ? 1 : 0;
      if (step.dependent()) {
        return false; // found by what the step was given: that is an atom of its own
      }
    }
    if (calls == 0) {
      boolean sharedGroup =
          group != null
              && Terms.value(group) instanceof Term.Field field
              && field.receiver() == null;
      return ofThisObject && (sharedGroup || switchesBetween(atom, inputs));
    }
    return tenant instanceof MethodSymbol method && asksForCurrent(method);
  }

  /**
   * A field that is set again and again as callers come, and not once when the object is set up.
   */
  /** Whether a variable may hold a tenant, by its type or name: the cheap question. */
  boolean mayBe(VarSymbol variable) {
    return is(variable) || isTenantType(variable.type);
  }

  private static boolean switchesBetween(Atom atom, Inputs inputs) {
    return atom.path().size() == 1
        && atom.path().get(0).symbol() instanceof VarSymbol field
        && inputs.sources().writes(field).stream()
            .filter(write -> !write.inConstructor())
            .map(write -> Symbols.method(write.root()))
            .anyMatch(method -> method != null && !isSetUp(method));
  }

  private static boolean isSetUp(MethodSymbol method) {
    return method.name.toString().matches("(set|with|init|configure|afterPropertiesSet).*")
        || !method.getRawAttributes().isEmpty();
  }

  /** {@code orders.find(id).tenant()}: whose it is follows from what it was found by. */
  private static boolean isFound(Atom atom, Symbol tenant) {
    boolean found = false;
    for (Step step : atom.path()) {
      if (found && step.symbol() == tenant) {
        return true;
      }
      found |= step.dependent();
    }
    return false;
  }

  private static boolean asksForCurrent(MethodSymbol method) {
    return method.name.toString().matches("(get)?[cC]urrent\\w*|resolve\\w*")
        || method
            .owner
            .getSimpleName()
            .toString()
            .matches("\\w*(Context|Holder|Resolver|Provider|Supplier|Scope|Accessor)");
  }

  /** {@code getHeader("X-Tenant-Id")}: the constant argument says it. */
  private static boolean saysTenant(String step) {
    int quote = step.indexOf('"');
    return quote >= 0
        && step.substring(quote)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z]", "")
            .matches("x?tenant(id|key|name)?");
  }

  private boolean is(Symbol symbol) {
    if (symbol instanceof VarSymbol variable) {
      return Symbols.hasAnnotation(symbol, "Tenant")
          || isTenantType(variable.type)
          || (isTenantName(symbol.name.toString()) && holdsValue(variable.type));
    }
    if (symbol instanceof MethodSymbol method) {
      return Symbols.hasAnnotation(symbol, "Tenant")
          || isTenantType(method.getReturnType())
          || (isTenantName(Symbols.property(symbol.name.toString()))
              && holdsValue(method.getReturnType()))
          || (isHolder(method) && holdsValue(method.getReturnType()));
    }
    return false;
  }

  private boolean isHolder(MethodSymbol method) {
    String owner = method.owner.getSimpleName().toString();
    return method.isStatic()
        && method.params().isEmpty()
        && owner.matches("(Current)?Tenant(Context|ContextHolder|Holder|Scope)?|CurrentTenant");
  }

  private boolean isTenantName(String name) {
    return names.contains(name)
        || IDENTITY.matcher(CAMEL.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT)).matches();
  }

  private boolean isTenantType(@Nullable Type type) {
    if (type == null || !(type.tsym instanceof ClassSymbol symbol)) {
      return false;
    }
    return Symbols.hasAnnotation(symbol, "Tenant")
        || symbol.name.toString().matches("Tenant(Id|Key|Name|Code|Identifier|Ref|Info)?");
  }

  /** Names speak of values: a tenantId is one, a function that finds a tenant is not. */
  private static boolean holdsValue(@Nullable Type type) {
    if (type == null || type.getKind() == TypeKind.VOID || type.getKind() == TypeKind.BOOLEAN) {
      return false;
    }
    String simple = Symbols.simpleName(type);
    return !simple.matches(
        ".*(Repository|Service|Client|Resolver|Provider|Supplier|Function|Factory|Loader|Cache"
            + "|Group|Map|Listener|Registry|Manager|Store|Dao|Consumer|Predicate|ThreadLocal)");
  }
}
