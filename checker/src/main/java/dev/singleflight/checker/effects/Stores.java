package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What code does with stores: the entries it reads, puts and drops, the flights it forgets, the
 * data it writes; itself, in lambdas, and through the methods it calls. Each member is summarised
 * once.
 */
public final class Stores {
  private static final int MAX_ACCESSES = 64;
  private static final int MAX_DEPTH = 12;

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;
  private final StoreTypes types;
  private final StorePaths paths;
  private final IdentityHashMap<Member, ImmutableList<StoreAccess>> members =
      new IdentityHashMap<>();
  private final Set<Member> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

  Stores(VisitorState state, Inputs inputs) {
    this.inputs = inputs;
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.types = new StoreTypes(state);
    this.paths = new StorePaths(state, inputs, types);
  }

  /** Which store is which. */
  public StorePaths paths() {
    return paths;
  }

  StoreTypes types() {
    return types;
  }

  /** Whether a null is not kept by a store: it is refused, or means that there is nothing. */
  public boolean refusesNull(StoreAccess put) {
    Type type = storeType(put);
    return put.kind() == Kind.COMPUTE
        || types.isA(type, "java.util.concurrent.ConcurrentMap")
        || Symbols.qualifiedName(type).startsWith("com.github.benmanes.caffeine.")
        || Symbols.qualifiedName(type).startsWith("com.google.common.cache.");
  }

  /** The static type of the store that an operation is made on. */
  public static @Nullable Type storeType(StoreAccess access) {
    ExpressionTree receiver = StoreTypes.receiver(access.origin());
    return receiver == null ? null : Symbols.typeOf(StoreTypes.root(receiver));
  }

  /** Whether a member's own code may write data: the cheap question. */
  public boolean mayWrite(Member member) {
    return member.invocations().stream()
        .anyMatch(
            call -> {
              MethodSymbol method = Symbols.method(call);
              return method != null && StoreTypes.isWrite(method, StoreTypes.receiver(call));
            });
  }

  /** What a member does, in the order in which it stands there. */
  public ImmutableList<StoreAccess> in(Member member) {
    ImmutableList<StoreAccess> known = members.get(member);
    if (known != null) {
      return known;
    }
    if (underWay.size() >= MAX_DEPTH || !underWay.add(member)) {
      return ImmutableList.of();
    }
    try {
      Finder finder = new Finder(member);
      member.invocations().forEach(finder::call);
      member.references().forEach(finder::reference);
      member.assignments().forEach(finder::assignment);
      ImmutableList<StoreAccess> found = ImmutableList.copyOf(finder.found);
      members.put(member, found);
      return found;
    } finally {
      underWay.remove(member);
    }
  }

  private final class Finder {
    private final Member member;
    private final Scope scope;
    private final List<StoreAccess> found = new ArrayList<>();

    Finder(Member member) {
      this.member = member;
      this.scope = inputs.scope(member);
    }

    void call(MethodInvocationTree call) {
      MethodSymbol method = Symbols.method(call);
      if (method == null) {
        return;
      }
      Api api = apis.match(method);
      if (api != null && (api.has(Trait.COALESCES) || api.has(Trait.KEEPS_LOADER))) {
        if (api.has(Trait.CACHES) && !api.has(Trait.KEEPS_LOADER)) {
          add(Kind.COMPUTE, inputs.receiver(call, scope), call, ImmutableList.of());
        }
        return;
      }
      if (method.name.toString().startsWith("forget")) {
        add(Kind.FORGET, inputs.receiver(call, scope), call, ImmutableList.of());
        return;
      }
      ExpressionTree receiver = StoreTypes.receiver(call);
      Kind kind = types.known(method, receiver, call);
      if (kind == null) {
        int before = found.size();
        boolean source = through(method, call, call.getArguments());
        if (found.size() > before) {
          return;
        }
        kind = types.named(method, receiver);
        if (kind == null && !source && StoreTypes.isWrite(method, receiver)) {
          kind = Kind.WRITE;
        }
      }
      if (kind != null && receiver != null) {
        kind = byArguments(kind, call);
        add(kind, inputs.evaluate(receiver, scope), call, values(kind, call));
      }
    }

    /** A put of null drops the entry, and so does a function that always gives null. */
    private Kind byArguments(Kind kind, MethodInvocationTree call) {
      List<? extends ExpressionTree> arguments = call.getArguments();
      if (arguments.isEmpty() || kind == Kind.DROP) {
        return kind;
      }
      ExpressionTree last = Symbols.strip(arguments.get(arguments.size() - 1));
      boolean drops =
          isNull(last)
              || (last instanceof LambdaExpressionTree function
                  && (kind == Kind.COMPUTE || kind == Kind.REPLACE)
                  && Sources.results(function).stream().allMatch(r -> isNull(Symbols.strip(r)))
                  && !Sources.results(function).isEmpty());
      return drops && kind != Kind.READ && kind != Kind.WRITE ? Kind.DROP : kind;
    }

    private static boolean isNull(ExpressionTree tree) {
      return tree instanceof LiteralTree literal && literal.getValue() == null;
    }

    private ImmutableList<ExpressionTree> values(Kind kind, MethodInvocationTree call) {
      List<? extends ExpressionTree> arguments = call.getArguments();
      return kind == Kind.PUT || kind == Kind.COMPUTE || kind == Kind.REPLACE || kind == Kind.WRITE
          ? ImmutableList.copyOf(arguments.subList(arguments.size() > 1 ? 1 : 0, arguments.size()))
          : ImmutableList.of();
    }

    void reference(MemberReferenceTree reference) {
      MethodSymbol method = Symbols.method(reference);
      ExpressionTree receiver = StoreTypes.receiver(reference);
      if (method == null || receiver == null || method.isConstructor()) {
        return;
      }
      Kind kind = types.known(method, receiver, reference);
      if (kind == null) {
        int before = found.size();
        boolean unused = through(method, reference, List.of());
        kind = found.size() > before ? null : types.named(method, receiver);
      }
      if (method.name.toString().startsWith("forget")) {
        kind = Kind.FORGET;
      }
      if (kind != null && !Symbols.isTypeOrPackage(receiver)) {
        add(kind, inputs.evaluate(receiver, scope), reference, ImmutableList.of());
      }
    }

    void assignment(ExpressionTree tree) {
      if (!(tree instanceof AssignmentTree assignment) || isConstructor()) {
        return;
      }
      VarSymbol field = Symbols.variable(Symbols.strip(assignment.getVariable()));
      if (field == null || !Symbols.isField(field) || field.type.isPrimitive()) {
        return;
      }
      ExpressionTree value = Symbols.strip(assignment.getExpression());
      boolean emptied =
          value instanceof NewClassTree creation
              && types.isKnown(field.type)
              && creation.getArguments().stream()
                  .allMatch(argument -> Symbols.strip(argument) instanceof LiteralTree);
      Kind kind = isNull(value) || emptied ? Kind.DROP : Kind.PUT;
      Term store = inputs.evaluate(assignment.getVariable(), scope);
      boolean own =
          Terms.value(store) instanceof Term.Field memo
              && (memo.receiver() == null || Terms.value(memo.receiver()) instanceof Term.Self);
      if (!own) {
        return; // a value that is being made
      }
      add(
          kind,
          store,
          assignment,
          kind == Kind.PUT ? ImmutableList.of(assignment.getExpression()) : ImmutableList.of());
    }

    private boolean isConstructor() {
      MethodSymbol method = member.tree() instanceof MethodTree tree ? Symbols.method(tree) : null;
      return method == null || method.isConstructor();
    }

    private void add(
        Kind kind, @Nullable Term store, ExpressionTree at, ImmutableList<ExpressionTree> values) {
      if (found.size() < MAX_ACCESSES) {
        found.add(
            new StoreAccess(kind, store, key(at), values, at, at, member, ImmutableList.of()));
      }
    }

    private @Nullable Term key(Tree at) {
      if (!(at instanceof MethodInvocationTree call) || call.getArguments().isEmpty()) {
        return null;
      }
      ExpressionTree first = call.getArguments().get(0);
      boolean many =
          types.isA(Symbols.typeOf(first), "java.lang.Iterable")
              && !Symbols.simpleName(Symbols.typeOf(first)).equals("Path");
      return many ? null : inputs.evaluate(first, scope);
    }

    /** What a method does that is called or referred to; whether its source is known. */
    private boolean through(
        MethodSymbol named, ExpressionTree at, List<? extends ExpressionTree> arguments) {
      MethodSymbol method = sources.target(named);
      MethodTree tree = sources.method(method);
      Member callee = tree == null ? null : sources.member(tree, method);
      if (callee == null) {
        return false;
      }
      if (callee == member) {
        return true;
      }
      ImmutableList<StoreAccess> accesses = in(callee);
      if (accesses.isEmpty()) {
        return true;
      }
      ImmutableList<Term> given = inputs.evaluateAll(arguments, scope);
      Term receiver =
          at instanceof MethodInvocationTree call
              ? inputs.receiver(call, scope)
              : method.isStatic() || Symbols.isTypeOrPackage(qualifier(at))
                  ? null
                  : inputs.evaluate(qualifier(at), scope);
      for (StoreAccess access : accesses) {
        if (found.size() < MAX_ACCESSES) {
          found.add(inCall(access, method, at, arguments, given, receiver));
        }
      }
      return true;
    }

    private static ExpressionTree qualifier(ExpressionTree at) {
      return ((MemberReferenceTree) at).getQualifierExpression();
    }

    private StoreAccess inCall(
        StoreAccess access,
        MethodSymbol method,
        ExpressionTree at,
        List<? extends ExpressionTree> arguments,
        ImmutableList<Term> given,
        @Nullable Term receiver) {
      ImmutableList.Builder<ExpressionTree> values = ImmutableList.builder();
      for (ExpressionTree value : access.values()) {
        Set<VarSymbol> variables = Conditions.variables(value);
        for (int i = 0; i < method.params().size() && i < arguments.size(); i++) {
          if (variables.contains(method.params().get(i))) {
            values.add(arguments.get(i));
          }
        }
      }
      Term store = access.store();
      Term key = access.key();
      return new StoreAccess(
          access.kind(),
          store == null ? null : inputs.inCall(store, method, given, receiver),
          key == null ? null : inputs.inCall(key, method, given, receiver),
          values.build(),
          at,
          access.origin(),
          access.member(),
          ImmutableList.<String>builder().add(method.name + "(…)").addAll(access.way()).build());
    }
  }

  /** The coalescing call whose result a term is, holds or wraps; null where there is none. */
  public Term.@Nullable Call coalesced(Term term) {
    return coalesced(term, 0);
  }

  private Term.@Nullable Call coalesced(Term term, int depth) {
    Term value = Terms.value(term);
    if (value instanceof Term.Call call) {
      Api api = apis.match(call.method());
      if (api != null && api.has(Trait.COALESCES)) {
        return call;
      }
    }
    if (depth < MAX_DEPTH) {
      for (Term child : Terms.children(value)) {
        Term.Call found = coalesced(child, depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
