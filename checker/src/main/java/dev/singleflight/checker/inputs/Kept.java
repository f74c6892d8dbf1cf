package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call of somebody else's cache or map keeps what it loads, if that is a field that later
 * callers look into.
 *
 * @param store the field
 * @param brief whether its owner is named like what lives for one request, one build, one pass
 */
public record Kept(VarSymbol store, boolean brief) {
  /** These update what is there by what they are given: they are no loads. */
  private static final ImmutableSet<String> UPDATES =
      ImmutableSet.of("compute", "computeIfPresent", "merge", "getAll");

  /** From what is kept to a setting that it is made with, how many calls away. */
  private static final int MAX_STEPS = 3;

  private static final Pattern BRIEF =
      Pattern.compile(
          "\\w*(Builder|Session|Request|Response|Visitor|Context|Transaction|Parser|Planner|Plan|Task"
              + "|Job|Scan|Scanner|Reader|Writer|Iterator|Cursor|Command|Action|Step|Run|Runner|Call"
              + "|Invocation|State|Scope|Walker|Collector|Generator|Compiler|Analysis|Analyzer"
              + "|Query|Batch|Round|Phase|Frame|Snapshot|Update|Event|Message)");

  private static final Pattern CONTAINERS =
      Pattern.compile("(java\\.util|com\\.google\\.common\\.(collect|util))\\..*");

  /** Other than to take an entry out. */
  private static final Pattern READS =
      Pattern.compile("get\\w*|values|entrySet|forEach|compute\\w*|putIfAbsent|asMap|search\\w*");

  /** Gives what is made for the call. */
  private static final Pattern MAKES =
      Pattern.compile(
          "(create|new|build|make|init\\w*|open|start|of|from|getInstance|instan\\w*|with|wrap"
              + "|allocate|register|connect)([A-Z]\\w*)?");

  private static final Pattern CACHE = Pattern.compile("(?i).*(cache|memo|intern).*");

  /**
   * Whether a field is a cache by its name, or as all share it: not just the state of an object.
   */
  boolean isCache() {
    return isStatic() || CACHE.matcher(store.name).matches();
  }

  /** Whether a field is there to keep what was loaded, by its name or its type. */
  boolean isNamedCache() {
    return CACHE.matcher(store.name).matches()
        || CACHE.matcher(Symbols.simpleName(store.type)).matches();
  }

  /**
   * Whether the class that owns it stands in a method whose variables it sees: they are its own.
   */
  boolean isOwnedBeside(VarSymbol variable) {
    ClassSymbol owner = Symbols.enclosingClass(store);
    boolean inMethod = !(owner.owner instanceof ClassSymbol) && owner.owner.kind != Kinds.Kind.PCK;
    return inMethod && Symbols.enclosingClass(variable) != owner;
  }

  /** Whether a call drops what it is given, and nobody else in the file of the map asks for it. */
  boolean isNeverRead(Site site, Inputs inputs) {
    return isDropped(site)
        && inputs.sources().touches(store).stream().noneMatch(use -> reads(use, inputs));
  }

  /** Whether whoever calls it is not given what is kept, but sees to it that something is. */
  boolean isDropped(Site site) {
    return site.member().parent(site.tree()) instanceof ExpressionStatementTree
        && !site.api().has(Trait.VALUE);
  }

  private boolean reads(Use use, Inputs inputs) {
    Member member = inputs.sources().member(use.root(), store);
    MethodSymbol method = Symbols.method(use.tree());
    return method != null
        && member != null
        && READS.matcher(method.name).matches()
        && !(member.parent(use.tree()) instanceof ExpressionStatementTree);
  }

  boolean isStatic() {
    return store.isStatic();
  }

  /** Null where a call loads nothing, or keeps it where perhaps nobody else looks. */
  static @Nullable Kept of(Site site, Inputs inputs) {
    if (site.call() == null
        || !site.api().isCache()
        || UPDATES.contains(site.api().method())
        || (site.api().has(Trait.VALUE) && (!isHandedOut(site) || isRefused(site)))) {
      return null;
    }
    Term group = inputs.group(site);
    Term store = group == null ? null : Terms.value(group);
    // a view or a holder of the map, which is in a field itself
    while (store instanceof Call call && call.receiver() != null && call.arguments().isEmpty()) {
      store = Terms.value(call.receiver());
    }
    if (!(store instanceof Field field)
        || (field.receiver() != null && !(Terms.value(field.receiver()) instanceof Self))) {
      return null;
    }
    VarSymbol symbol = field.symbol();
    return new Kept(symbol, isBrief(symbol));
  }

  /** Whether a field's owner is named like what lives for one request, one build, one pass. */
  public static boolean isBrief(VarSymbol field) {
    return !field.isStatic() && BRIEF.matcher(Symbols.enclosingClass(field).name).matches();
  }

  /** Whether a hand-made memoizer returns what it puts, and so is one. */
  private static boolean isHandedOut(Site site) {
    ExpressionTree value = site.loader();
    VarSymbol variable = value == null ? null : Symbols.variable(Symbols.strip(value));
    ExpressionTree group = site.group();
    VarSymbol store = group == null ? null : Symbols.variable(Symbols.strip(group));
    if (!(site.member().tree() instanceof MethodTree method)) {
      return false;
    }
    for (ExpressionTree result : Sources.results(method)) {
      ExpressionTree returned = Symbols.strip(result);
      ExpressionTree from =
          returned instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
      if ((variable != null && isSame(Symbols.variable(returned), variable, site.member()))
          || (from != null && store != null && Symbols.variable(Symbols.strip(from)) == store)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry that is there already is an error: nobody is given it. */
  private static boolean isRefused(Site site) {
    VarSymbol store = site.group() == null ? null : Symbols.variable(Symbols.strip(site.group()));
    Member member = site.member();
    return store != null
        && Conditions.of(site.tree(), member.tree(), member).stream()
            .filter(condition -> condition.at() instanceof IfTree exit && throwsAway(exit))
            .map(Condition::expression)
            .anyMatch(
                asked ->
                    Conditions.variables(asked).contains(store)
                        || Conditions.variables(asked).stream()
                            .flatMap(variable -> member.definitions(variable).stream())
                            .anyMatch(d -> Conditions.variables(d.value()).contains(store)));
  }

  private static boolean throwsAway(IfTree exit) {
    StatementTree then = exit.getThenStatement();
    StatementTree last =
        then instanceof BlockTree block && !block.getStatements().isEmpty()
            ? block.getStatements().get(block.getStatements().size() - 1)
            : then;
    return last instanceof ThrowTree;
  }

  private static boolean isSame(@Nullable VarSymbol returned, VarSymbol put, Member member) {
    return returned == put
        || (returned != null
            && member.definitions(returned).stream()
                .anyMatch(given -> Symbols.variable(Symbols.strip(given.value())) == put));
  }

  /**
   * What the value that is kept is made of; nothing where it is a container that starts empty, or
   * just what the caller has brought: who came first with it is remembered then, nothing is loaded.
   */
  static Set<Atom> value(Entry entry, Inputs inputs) {
    Set<Atom> atoms = new LinkedHashSet<>();
    for (Term result : results(entry, inputs)) {
      if (!isEmptyContainer(result) && !(Terms.value(result) instanceof Var)) {
        atoms.addAll(inputs.atoms(result));
      }
    }
    return atoms;
  }

  /** Whether what the caller has brought is kept itself. */
  static boolean gives(Entry entry, Symbol variable, Inputs inputs) {
    return results(entry, inputs).stream()
        .anyMatch(result -> Terms.value(result) instanceof Var v && v.symbol() == variable);
  }

  /** Whether an object is made on the spot, and not asked for. */
  static boolean isMade(Entry entry, Inputs inputs) {
    return !made(entry, inputs).isEmpty();
  }

  /** Whether what is kept was asked for with a value, of something that knows, and not made. */
  static boolean isAskedWith(Entry entry, Symbol variable, Inputs inputs) {
    return results(entry, inputs).stream().anyMatch(result -> isAsked(result, variable, inputs));
  }

  private static boolean isAsked(Term result, Symbol variable, Inputs inputs) {
    Term value = Terms.value(result);
    if (value instanceof Op op && op.kind() == Kind.CHOICE) {
      return op.operands().stream().anyMatch(operand -> isAsked(operand, variable, inputs));
    }
    return value instanceof Call call
        && !MAKES.matcher(call.method().name).matches()
        && call.arguments().stream()
            .flatMap(argument -> inputs.atoms(argument).stream())
            .anyMatch(atom -> atom.root() == variable);
  }

  /** Whether a field is given to what is kept, and not to what lies far behind it. */
  static boolean isMadeOf(Entry entry, VarSymbol field, Inputs inputs) {
    return results(entry, inputs).stream().anyMatch(result -> holds(result, field, MAX_STEPS));
  }

  private static boolean holds(Term term, VarSymbol field, int steps) {
    Term value = Terms.value(term);
    boolean combines = value instanceof Op;
    return (value instanceof Field read && read.symbol() == field)
        || ((combines || steps > 0)
            && Terms.children(value).stream()
                .anyMatch(child -> holds(child, field, combines ? steps : steps - 1)));
  }

  /** The classes of objects that are made on the spot. */
  static List<ClassSymbol> made(Entry entry, Inputs inputs) {
    return results(entry, inputs).stream()
        .map(Terms::value)
        .filter(New.class::isInstance)
        .map(result -> ((New) result).type())
        .toList();
  }

  private static List<Term> results(Entry entry, Inputs inputs) {
    Site site = entry.site();
    List<Term> results = new ArrayList<>();
    if (site.api().has(Trait.VALUE) && site.loader() != null) {
      results.add(inputs.evaluate(site.loader(), entry.scope()));
      return results;
    }
    List<Body> bodies = inputs.loader(entry);
    for (Body body : bodies) {
      results.addAll(inputs.evaluateAll(Sources.results(body.function()), body.scope()));
    }
    if (bodies.isEmpty()) {
      Tree loader = site.loader();
      inputs.reads(site, entry.scope()).stream()
          .filter(read -> read.at() == loader)
          .forEach(read -> results.add(read.term()));
    }
    return results;
  }

  private static boolean isEmptyContainer(Term value) {
    return Terms.value(value) instanceof New object
        && CONTAINERS.matcher(object.type().getQualifiedName()).matches();
  }
}
