package dev.singleflight.checker.inputs;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what a key omits goes with the key anyway, by what they and their uses say. */
final class Belonging {
  /** When something happened: what is made then has begun then. */
  private static final Pattern FIRST_SEEN =
      Pattern.compile(
          "(.*_)?(now|time|timestamp|instant|clock|tick|started|created)(_\\w+)?|start|at");

  private static final Pattern ID = Pattern.compile("(.*_)?(id|uuid|guid)");

  private static final Pattern NAME =
      Pattern.compile(
          "(.*_)?(name|id|uuid|guid|key|path|file|uri|url|location|locator|prefix|suffix|channel|topic"
              + "|label|title|description|comment|text|value|owner|creator)");

  private static final Pattern KNOWN_BY =
      Pattern.compile("(get)?(\\w*([iI]d|ID|Uuid|UUID|Key|Name)|id|uuid|key|name)");

  private final Inputs inputs;
  private final Tenants tenants;

  Belonging(Inputs inputs, Tenants tenants) {
    this.inputs = inputs;
    this.tenants = tenants;
  }

  /** Whether a key is what something calls its id or name: two of the same are the same. */
  static boolean isKnownBy(Atom key, VarSymbol variable) {
    int last = key.path().size() - 1;
    return last >= 0
        && key.root() == variable
        && KNOWN_BY.matcher(key.path().get(last).symbol().name).matches();
  }

  /** Whether what is found or made is given the value once more: it begins with the first one. */
  static boolean isUpdatedWith(VarSymbol variable, Entry entry) {
    if (FIRST_SEEN.matcher(Decisive.words(variable)).matches()) {
      return true;
    }
    for (Uses.Use use : Uses.of(entry.at(), entry.member())) {
      if (use.kind() == Uses.Kind.RECEIVER
          && use.at() instanceof MethodInvocationTree call
          && call.getArguments().stream()
              .anyMatch(argument -> Conditions.variables(argument).contains(variable))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the key names what is loaded, and what it omits is another name that goes with it: an
   * id tells whose it is, a name where it is.
   */
  boolean isNamed(VarSymbol variable, Entry entry) {
    String name = Decisive.words(variable);
    if (tenants.in(Atom.root(variable, Nature.PLAIN)) != null) {
      return isId(entry);
    }
    boolean isText = Symbols.qualifiedName(variable.type).equals("java.lang.String");
    return (ID.matcher(name).matches() && isId(entry)) || (isText && NAME.matcher(name).matches());
  }

  /**
   * Whether what is kept looks like the state of an object, and not like what a cache has loaded.
   */
  boolean isStateOf(Entry entry, Kept kept) {
    if (kept.isCache()) {
      return false;
    }
    return entry.site().api().has(Trait.VALUE) || (Kept.isMade(entry, inputs) && isId(entry));
  }

  /** Whether the key is one or more ids. */
  private static boolean isId(Entry entry) {
    Set<VarSymbol> variables = new LinkedHashSet<>();
    for (Tree key : entry.site().keys()) {
      variables.addAll(Conditions.variables(key));
    }
    return !variables.isEmpty()
        && variables.stream().allMatch(key -> ID.matcher(Decisive.words(key)).matches());
  }
}
