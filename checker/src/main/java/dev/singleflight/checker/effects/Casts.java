package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.ResultTypes;
import dev.singleflight.checker.inputs.ResultTypes.Result;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where code takes the value of a coalesced load for one of a certain type, without asking. */
public final class Casts {
  private static final int MAX_DEPTH = 12;

  private static final Pattern WAITS =
      Pattern.compile("join|get|getNow|resultNow|orElseThrow|orElse|orElseGet");
  private static final Pattern SAME =
      Pattern.compile(
          "whenComplete\\w*|exceptionally\\w*|orTimeout|toCompletableFuture|copy|requireNonNull\\w*|checkNotNull"
              + "|completeOnTimeout");
  private static final Pattern BOXES = Pattern.compile("of|ofNullable|completed(Future|Stage)");

  /** What gives the value of one key, at once or in a future. */
  private static final ImmutableSet<String> GIVES = ImmutableSet.of("get", "getAsync", "refresh");

  private final Apis apis;
  private final Inputs inputs;
  private final Sources sources;
  private final ResultTypes types;
  private final CastParameters parameters;

  Casts(VisitorState state, Inputs inputs) {
    this.apis = Apis.of(state);
    this.inputs = inputs;
    this.sources = Sources.of(state);
    this.types = new ResultTypes(state, inputs);
    this.parameters = new CastParameters(sources);
  }

  /** Which types results have, and what they can be cast to. */
  public ResultTypes types() {
    return types;
  }

  /** The casts of loaded values in a member's code. */
  public List<Cast> in(Member member) {
    List<Cast> casts = new ArrayList<>();
    Scope scope = inputs.scope(member);
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitTypeCast(TypeCastTree node, @Nullable Void unused) {
        Type type = Symbols.typeOf(node.getType());
        if (type != null && isWide(Symbols.typeOf(node.getExpression()))) {
          add(node, type, node.getExpression(), scope, casts);
        }
        return super.visitTypeCast(node, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        MethodSymbol method = Symbols.method(node);
        Type type = Symbols.typeOf(node);
        if (method == null || type == null) {
          return super.visitMethodInvocation(node, null);
        }
        ExpressionTree receiver = Symbols.receiver(node);
        if (isClassCast(method) && receiver != null && !node.getArguments().isEmpty()) {
          Type target = classOf(receiver, scope);
          if (target != null) {
            add(node, target, node.getArguments().get(0), scope, casts);
          }
        } else if (ResultTypes.returnsOwnVariable(method)
            && apis.match(method) == null
            && sources.method(sources.target(method)) != null) {
          add(node, type, node, scope, casts); // javac puts the cast where the call is
        }
        parameters
            .of(method)
            .forEach((i, target) -> add(node, target, node.getArguments().get(i), scope, casts));
        for (ExpressionTree argument : node.getArguments()) {
          if (argument instanceof MemberReferenceTree reference) {
            reference(reference, node, scope, casts);
          }
        }
        return super.visitMethodInvocation(node, null);
      }
    }.scan(member.tree(), null);
    casts.removeIf(cast -> isGuarded(cast.at(), member));
    return casts;
  }

  /** {@code thenApply(User.class::cast)}. */
  private void reference(
      MemberReferenceTree reference, MethodInvocationTree call, Scope scope, List<Cast> casts) {
    MethodSymbol method = Symbols.method(reference);
    Term given =
        method != null && isClassCast(method) ? inputs.given(call, 0, reference, scope) : null;
    Type target = given == null ? null : classOf(reference.getQualifierExpression(), scope);
    if (target != null && given != null) {
      add(reference, target, given, casts);
    }
  }

  private static boolean isClassCast(MethodSymbol method) {
    return method.name.contentEquals("cast")
        && method.owner.getQualifiedName().contentEquals("java.lang.Class");
  }

  private @Nullable Type classOf(ExpressionTree literal, Scope scope) {
    return Terms.value(inputs.evaluate(literal, scope)) instanceof Const known
            && known.value() instanceof ClassSymbol type
        ? type.type
        : null;
  }

  /** Whether a value's own type leaves room for others. */
  private static boolean isWide(@Nullable Type type) {
    return type != null && !type.isPrimitive();
  }

  private void add(
      ExpressionTree at, Type type, ExpressionTree value, Scope scope, List<Cast> casts) {
    if (types.isDemand(type)) {
      add(at, type, inputs.evaluate(value, scope), casts);
    }
  }

  private void add(ExpressionTree at, Type type, Term value, List<Cast> casts) {
    List<LoadedValue> loads = new ArrayList<>();
    if (addLoads(value, loads, false, 0) && !loads.isEmpty()) {
      casts.add(new Cast(at, type, ImmutableList.copyOf(loads)));
    }
  }

  /** The load that a coalescing call makes; null where nothing is known of it. */
  public @Nullable LoadedValue loaded(MethodInvocationTree call, Member member) {
    return Terms.value(inputs.evaluate(call, inputs.scope(member))) instanceof Call load
        ? loaded(load)
        : null;
  }

  private @Nullable LoadedValue loaded(Call load) {
    Api api = apis.match(load.method());
    if (api == null || !api.has(Trait.COALESCES) || api.has(Trait.KEEPS_LOADER)) {
      return null;
    }
    boolean kept = api.loader() == Api.NO_LOADER && !api.has(Trait.DECLARED);
    if (kept && !GIVES.contains(api.method())) {
      return null;
    }
    ImmutableList<Term> keys =
        api.keys().stream()
            .filter(i -> i < load.arguments().size())
            .map(i -> load.arguments().get(i))
            .collect(ImmutableList.toImmutableList());
    boolean hasLoader = api.loader() >= 0 && api.loader() < load.arguments().size();
    ImmutableList<Result> results =
        hasLoader
            ? types.of(load.arguments().get(api.loader()), keys)
            : kept ? ofKept(load.receiver(), 0) : ofDeclared(load);
    Term key = inputs.keyOf(keys, load.tree());
    return new LoadedValue(inputs.origin(load.receiver()), key, results, load.tree());
  }

  /** What the loader returns that an object was built with. */
  private ImmutableList<Result> ofKept(@Nullable Term holder, int depth) {
    Term value = holder == null ? null : Terms.value(holder);
    if (value instanceof Field field && depth < MAX_DEPTH) {
      return ofKept(inputs.definition(field), depth + 1);
    }
    Api api = value instanceof Call call ? apis.match(call.method()) : null;
    if (api == null || !(value instanceof Call call) || depth >= MAX_DEPTH) {
      return ImmutableList.of();
    }
    if (api.has(Trait.SELECTS)) {
      return ofKept(call.receiver(), depth + 1);
    }
    return api.has(Trait.KEEPS_LOADER) && api.loader() < call.arguments().size()
        ? types.of(call.arguments().get(api.loader()), ImmutableList.of())
        : ImmutableList.of();
  }

  /** A method that is coalesced as it stands. */
  private ImmutableList<Result> ofDeclared(Call load) {
    MethodSymbol method = sources.target(load.method());
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    return tree == null || member == null
        ? ImmutableList.of()
        : types.of(new Body(tree, inputs.scope(member)));
  }

  /**
   * Adds the loads that a term may be the value of; false where it may be something else.
   *
   * @param inside whether it is what is in the term: a future's value is the load's, what is in an
   *     optional or list that was loaded is not
   */
  private boolean addLoads(Term term, List<LoadedValue> loads, boolean inside, int depth) {
    Term value = Terms.value(term);
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof Op op) {
      return switch (op.kind()) {
        case ELEMENT -> !inside && addLoads(op.operands().get(0), loads, true, depth + 1);
        case BOX -> inside && addLoads(op.operands().get(0), loads, false, depth + 1);
        case CHOICE ->
            op.operands().stream()
                .allMatch(o -> isNull(o) || addLoads(o, loads, inside, depth + 1));
        default -> false;
      };
    }
    if (value instanceof Field field) {
      return ofField(field, loads, inside, depth);
    }
    if (!(value instanceof Call call)) {
      return false;
    }
    LoadedValue load = loaded(call);
    if (load != null) {
      Api api = apis.match(call.method());
      loads.add(load);
      return api != null && api.has(Trait.ASYNC) == inside;
    }
    String name = call.method().name.toString();
    Term from =
        call.receiver() != null
            ? call.receiver()
            : call.arguments().isEmpty() ? null : call.arguments().get(0);
    if (from == null) {
      return false;
    }
    if (call.receiver() == null && BOXES.matcher(name).matches()) {
      return inside && addLoads(from, loads, false, depth + 1);
    }
    if (WAITS.matcher(name).matches() && isBox(call.method())) {
      return !inside && addLoads(from, loads, true, depth + 1);
    }
    boolean shares = name.equals("value") && isSharedResult(call.method().owner.toString());
    return (shares || SAME.matcher(name).matches()) && addLoads(from, loads, inside, depth + 1);
  }

  private static boolean isNull(Term term) {
    return Terms.value(term) instanceof Const known && known.value() == null;
  }

  private static boolean isBox(MethodSymbol method) {
    return method.owner.name.toString().matches("\\w*(Future|CompletionStage|Optional)");
  }

  private static boolean isSharedResult(String type) {
    return type.endsWith("SharedResult");
  }

  /** The value in a shared result, or what a field of this object was given. */
  private boolean ofField(Field field, List<LoadedValue> loads, boolean inside, int depth) {
    if (isSharedResult(field.symbol().owner.toString()) && field.receiver() != null) {
      return addLoads(field.receiver(), loads, inside, depth + 1);
    }
    ImmutableList<Term> definitions = inputs.definitions(field);
    return !definitions.isEmpty()
        && !Symbols.isPublic(field.symbol())
        && definitions.stream().allMatch(d -> isNull(d) || addLoads(d, loads, inside, depth + 1));
  }

  /** Whether code asks for the type before, or is ready for another. */
  static boolean isGuarded(Tree cast, Member member) {
    for (Tree at = cast; at != null; at = member.parent(at)) {
      if (at instanceof TryTree attempt
          && attempt.getCatches().stream().anyMatch(Casts::catchesCast)
          && member.isInside(cast, attempt.getBlock())) {
        return true;
      }
    }
    Set<String> asked = new HashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitInstanceOf(InstanceOfTree node, @Nullable Void unused) {
        asked.add(Symbols.strip(node.getExpression()).toString());
        return super.visitInstanceOf(node, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        ExpressionTree receiver = Symbols.receiver(node);
        MethodSymbol method = Symbols.method(node);
        if (method != null && method.name.contentEquals("isInstance")) {
          node.getArguments().forEach(a -> asked.add(Symbols.strip(a).toString()));
        } else if (method != null && receiver != null && method.name.contentEquals("getClass")) {
          asked.add(Symbols.strip(receiver).toString());
        }
        return super.visitMethodInvocation(node, null);
      }
    }.scan(member.function(cast), null);
    List<? extends ExpressionTree> values =
        cast instanceof TypeCastTree tree
            ? List.of(tree.getExpression())
            : cast instanceof MethodInvocationTree call ? call.getArguments() : List.of();
    return values.stream().anyMatch(value -> asked.contains(Symbols.strip(value).toString()));
  }

  private static boolean catchesCast(CatchTree handler) {
    Type type = Symbols.typeOf(handler.getParameter().getType());
    return type != null
        && !type.hasTag(TypeTag.ERROR)
        && Symbols.simpleName(type).equals("ClassCastException");
  }
}
