package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first question: what is this value made of? One instance for each javac call. */
public final class Inputs {
  private static final Context.Key<Inputs> KEY = new Context.Key<>();

  private final Types types;
  private final Symtab symtab;
  private final Sources sources;
  private final Apis apis;
  private final Calls calls;
  private final Deciders deciders;
  private final Evaluator evaluator;
  private final Summaries summaries;
  private final Bodies bodies;
  private final Reads reads;
  private final Entries entries;
  private final Equality equality;
  private final DeclaredKeys declaredKeys;
  private final Aliases aliases;
  private final Dispatch dispatch;
  private final IdentityHashMap<Member, Scope> scopes = new IdentityHashMap<>();

  private final IdentityHashMap<Tree, List<Uncarried.Input>> uncarried = new IdentityHashMap<>();

  private Inputs(VisitorState state) {
    this.types = state.getTypes();
    this.symtab = state.getSymtab();
    this.sources = Sources.of(state);
    this.apis = Apis.of(state);
    this.calls = new Calls(this);
    this.deciders = new Deciders(this);
    this.evaluator = new Evaluator(types, new Locals(this), calls, deciders);
    this.summaries = new Summaries(this);
    this.bodies = new Bodies(this);
    this.reads = new Reads(this);
    this.entries = new Entries(this);
    this.declaredKeys = new DeclaredKeys(this);
    this.equality = new Equality(sources);
    this.aliases = new Aliases(this);
    this.dispatch = new Dispatch(this);
  }

  public static Inputs of(VisitorState state) {
    Inputs inputs = state.context.get(KEY);
    if (inputs == null) {
      inputs = new Inputs(state);
      state.context.put(KEY, inputs);
    }
    return inputs;
  }

  /** The value of an expression. */
  public Term evaluate(ExpressionTree expression, Scope scope) {
    return evaluator.evaluate(expression, scope);
  }

  /** The static type of a term's value, where it is known. */
  public static @Nullable Type typeOf(Term term) {
    return Stability.typeOf(term);
  }

  /** What a value is made of. */
  public ImmutableSet<Atom> atoms(Term term) {
    return Atoms.of(term);
  }

  /** A member's own code, of which nothing more is known. */
  public Scope scope(Member member) {
    return scopes.computeIfAbsent(member, m -> Scope.of(m, new Self(m.type())));
  }

  /** The ways into a call: itself first, then through the private helper it stands in. */
  public List<Entry> entries(Site site) {
    return entries.of(site);
  }

  /** The key of a call, all of its parts. */
  public Term key(Site site) {
    return key(site, scope(site.member()));
  }

  Term key(Site site, Scope scope) {
    return keyOf(keys(site, scope), site.tree());
  }

  /** The parts of a call's key, each. */
  private ImmutableList<Term> keys(Site site, Scope scope) {
    if (site.api().has(Trait.KEEPS_LOADER)) {
      return Keeping.given(site, types);
    }
    Declaration declared = site.declared(apis);
    if (declared != null && site.declaration() != null) {
      return declaredKeys.parts(declared, site.declaration());
    }
    return site.keys().stream()
        .map(key -> key(key, scope))
        .collect(ImmutableList.toImmutableList());
  }

  /** The parts of the key that an annotation declares for a method. */
  public ImmutableList<Term> key(Declaration declaration, MethodTree method) {
    return declaredKeys.parts(declaration, method);
  }

  /** One part of a call's key: an argument, or a parameter. */
  Term key(Tree key, Scope scope) {
    if (key instanceof ExpressionTree argument) {
      return evaluate(argument, scope);
    }
    VarSymbol parameter = Symbols.variable(key);
    return parameter == null ? Terms.unknown(key) : new Term.Var(parameter);
  }

  /** The key that the parts of a call's key make up. */
  public Term keyOf(ImmutableList<Term> parts, Tree call) {
    return parts.size() == 1 ? parts.get(0) : Terms.op(Kind.COMBINE, parts, call);
  }

  /** What of a key takes part in whether it equals another: of one that is made here. */
  Term compared(Term key) {
    return Terms.value(key) instanceof Term.New object
        ? keyOf(compared(object), object.tree())
        : key;
  }

  /** What a method is called on: an object, or null where it is static. */
  public @Nullable Term receiver(MethodInvocationTree call, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    ExpressionTree receiver = Symbols.receiver(call);
    if (method == null || method.isStatic()) {
      return null;
    }
    return receiver == null
        ? evaluator.self(Symbols.enclosingClass(method), scope)
        : evaluate(receiver, scope);
  }

  /**
   * An object under its first name: an alias, a field that a constructor was given, a helper's
   * field for what the helper was made with.
   */
  public @Nullable Term origin(@Nullable Term object) {
    return aliases.origin(object);
  }

  /** The group that a call goes to; null where it is not an object of its own. */
  public @Nullable Term group(Site site) {
    return group(site, scope(site.member()));
  }

  @Nullable Term group(Site site, Scope scope) {
    MethodInvocationTree call = site.call();
    if (site.api().has(Trait.KEEPS_LOADER)) {
      return Keeping.of(new Entry(site, scope, site.member(), site.tree(), null), this).field();
    }
    if (call != null) {
      return aliases.viewed(receiver(call, scope));
    }
    MethodSymbol method = Symbols.method(site.tree());
    return method == null || method.isStatic() ? null : scope.self();
  }

  /** The key of a call, entered by a way into it. */
  public Term key(Entry entry) {
    return key(entry.site(), entry.scope());
  }

  /** The group that a call, entered by a way into it, goes to. */
  public @Nullable Term group(Entry entry) {
    return group(entry.site(), entry.scope());
  }

  /** The code that the loader of a call runs, entered by a way into it. */
  public List<Body> loader(Entry entry) {
    return loader(entry.site(), entry.scope(), new ArrayList<>());
  }

  /** The code that a call's loader runs, its parameter being the key. */
  public List<Body> loader(Site site) {
    return loader(site, scope(site.member()), new ArrayList<>());
  }

  List<Body> loader(Site site, Scope scope, List<Term> opaque) {
    if (site.declaration() != null) {
      return site.api().has(Trait.DECLARED)
          ? List.of(new Body(site.declaration(), scope))
          : List.of();
    }
    ExpressionTree loader = site.loader();
    return loader == null || site.api().has(Trait.VALUE)
        ? List.of()
        : bodies(evaluate(loader, scope), keys(site, scope), opaque);
  }

  /** What the loader of a call reads to arrive at its result. */
  public List<Read> reads(Site site) {
    return reads(site, scope(site.member()));
  }

  List<Read> reads(Site site, Scope scope) {
    List<Term> opaque = new ArrayList<>();
    List<Read> all = new ArrayList<>();
    for (Body body : loader(site, scope, opaque)) {
      all.addAll(reads.of(body));
    }
    ExpressionTree loader = site.loader();
    if (loader != null && site.api().has(Trait.VALUE)) {
      all.addAll(reads.of(new Body(loader, scope)));
    } else if (loader != null) {
      Deciders.of(evaluate(loader, scope)).forEach(term -> all.add(new Read(term, loader)));
      opaque.forEach(term -> all.add(new Read(term, loader)));
    }
    return all;
  }

  /** Whether the key is unique among all tenants as it is: nobody else asks for the same. */
  public boolean hasGloballyUniqueKey(Entry entry) {
    return Symbols.qualifiedName(Stability.typeOf(key(entry.site(), entry.scope())))
        .equals("java.util.UUID");
  }

  /** The ways into coalescing calls through methods that others may call as well. */
  public List<Entry> entriesThrough(Unit unit) {
    return entries.through(unit);
  }

  /** What loaders read and neither key nor group carries, for each call of a file in a list. */
  public List<List<Uncarried.Input>> uncarriedIn(Unit unit) {
    List<List<Uncarried.Input>> all = new ArrayList<>();
    for (List<Uncarried.Input> place : inputsIn(unit)) {
      all.add(place.stream().filter(input -> !input.carried()).toList());
    }
    return all;
  }

  /** What loaders read and neither key nor group tell apart, for each call of a file in a list. */
  public List<List<Uncarried.Input>> untoldIn(Unit unit) {
    List<List<Uncarried.Input>> all = new ArrayList<>();
    for (List<Uncarried.Input> place : inputsIn(unit)) {
      all.add(place.stream().filter(input -> !input.told()).toList());
    }
    return all;
  }

  private List<List<Uncarried.Input>> inputsIn(Unit unit) {
    List<List<Uncarried.Input>> all = new ArrayList<>();
    unit.sites().forEach(site -> all.add(uncarried(site)));
    entriesThrough(unit).forEach(entry -> all.add(Uncarried.of(this, entry)));
    return all;
  }

  /** What key and group of a call carry. */
  Carriage carriage(Entry entry) {
    return new Uncarried(this, entry).carriage();
  }

  /** The ways into the coalescing calls of a file, those through helpers of others too. */
  public List<List<Entry>> entriesIn(Unit unit) {
    List<List<Entry>> all = new ArrayList<>();
    unit.sites().forEach(site -> all.add(entries(site)));
    entriesThrough(unit).forEach(entry -> all.add(List.of(entry)));
    return all;
  }

  /** What the loader of a call reads, by each way into it, and its key may not tell. */
  public List<Uncarried.Input> uncarried(Site site) {
    return uncarried.computeIfAbsent(site.tree(), tree -> Uncarried.of(this, site));
  }

  /** The code that calling a functional value runs; what cannot be seen is added to opaque. */
  public List<Body> bodies(Term functional, ImmutableList<Term> arguments, List<Term> opaque) {
    return bodies.of(functional, arguments, opaque);
  }

  /** What the callee of {@code call} gives to a function it was handed; null if unknown. */
  public @Nullable Term given(
      MethodInvocationTree call, int position, ExpressionTree function, Scope scope) {
    return calls.given(call, function, position, function, scope);
  }

  /** The function that a call runs, as {@code loader.get()} does; null where none is shown. */
  public @Nullable Term function(MethodInvocationTree call, Scope scope) {
    return dispatch.function(call, scope);
  }

  /**
   * The method that a call runs, as far as the sources tell: by what the receiver is known to be.
   */
  public MethodSymbol target(MethodInvocationTree call, Scope scope) {
    return dispatch.target(call, scope);
  }

  /** The value that {@code term}, in terms of a lambda's parameters, has in a call of it. */
  public Term inCall(Term term, LambdaExpressionTree lambda, List<Term> arguments) {
    Map<VarSymbol, Term> bound = new HashMap<>();
    for (int i = 0; i < lambda.getParameters().size() && i < arguments.size(); i++) {
      VarSymbol parameter = Symbols.variable(lambda.getParameters().get(i));
      if (parameter != null) {
        bound.put(parameter, arguments.get(i));
      }
    }
    return Terms.bounded(Terms.substitute(term, bound, null));
  }

  /** What a field always holds; null where that is not one value that the source shows. */
  public @Nullable Term definition(Field field) {
    return bodies.definition(field);
  }

  /** What takes part in whether an object equals another. */
  ImmutableList<Term> compared(Term.New object) {
    return equality.compared(object);
  }

  /** All that the source shows a field to be given; nothing where some of it cannot be told. */
  public ImmutableList<Term> definitions(Field field) {
    return bodies.definitions(field);
  }

  /** The value that {@code term}, in terms of a method's parameters, has in a call of it. */
  public Term inCall(
      Term term, MethodSymbol method, List<Term> arguments, @Nullable Term receiver) {
    return Terms.bounded(Terms.substitute(term, Calls.bind(method, arguments), receiver));
  }

  public ImmutableList<Term> evaluateAll(List<? extends ExpressionTree> expressions, Scope scope) {
    return evaluator.evaluateAll(expressions, scope);
  }

  boolean isThrowable(Type type) {
    return types.isSubtype(types.erasure(type), symtab.throwableType);
  }

  Types types() {
    return types;
  }

  Sources sources() {
    return sources;
  }

  Apis apis() {
    return apis;
  }

  Calls calls() {
    return calls;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  Deciders deciders() {
    return deciders;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Summaries summaries() {
    return summaries;
  }
}
