package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.NullSources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What calls give, need and check. */
final class NullCalls {
  private static final Pattern CHECKS =
      Pattern.compile(
          "(require|check|assert|validate|ensure|verify|expect|guard|must)\\w*|(not|non)(Null|Empty|Blank)");
  private static final Pattern CHECKERS =
      Pattern.compile("(Assert|Precondition|Validate|Verify|Check|Require|Ensure|Guard|Args)\\w*");
  private static final Pattern FAILS =
      Pattern.compile(
          "(fail|abort|reject|raise|throw|panic|die|crash)(s|[A-Z]\\w*)?|exit|halt|sneakyThrow");
  private static final Pattern FILLS =
      Pattern.compile("put|putIfAbsent|computeIfAbsent|merge|compute|add|register|store|save");

  private final Nulls nulls;
  private final NullExpressions expressions;
  private final NullUses uses;
  private final AppliedSummaries summaries;
  private final MemberNulls found;

  NullCalls(Nulls nulls, NullExpressions expressions, NullUses uses, MemberNulls found) {
    this.nulls = nulls;
    this.expressions = expressions;
    this.uses = uses;
    this.summaries = new AppliedSummaries(nulls, uses, found);
    this.found = found;
  }

  NullValue call(MethodInvocationTree tree, NullState state) {
    MethodSymbol method = Symbols.method(tree);
    ExpressionTree receiver = Symbols.receiver(tree);
    NullValue object = null;
    if (receiver != null && !Symbols.isTypeOrPackage(receiver)) {
      object = expressions.evaluate(receiver, state);
    }
    if (method == null) {
      return NullValue.UNKNOWN;
    }
    Api api = nulls.apis().match(method);
    List<NullValue> arguments = arguments(tree, method, api, object, state);
    if (receiver != null && object != null && !method.isStatic()) {
      String use = "'" + method.name + "' is called on it";
      uses.use(tree, receiver, object, use, state);
    }
    if (FAILS.matcher(method.name).matches() && isVoid(method)) {
      state.end();
      return NullValue.UNKNOWN;
    }
    NullValue unread = Cursors.unread(tree, method, state, found.member);
    if (unread != null) {
      uses.use(tree, tree, unread, "is read", state);
    }
    if (api != null && api.has(Trait.COALESCES)) {
      return coalesced(tree, method, api, object, arguments, state);
    }
    NullValue value = result(tree, method, api, object, arguments, state);
    checked(tree, method, state);
    NullValue known = known(tree, state);
    return known != null ? known : value;
  }

  private static boolean isVoid(MethodSymbol method) {
    return method.getReturnType().isPrimitiveOrVoid();
  }

  /** What was found out about the very same call before. */
  private static @Nullable NullValue known(MethodInvocationTree tree, NullState state) {
    NullValue known = state.value(NullWords.of(tree));
    String object = NullWords.receiver(tree);
    if (known != null || object == null) {
      return known;
    }
    String arguments = NullWords.arguments(tree);
    if (arguments == null) {
      return null;
    }
    return arguments.isEmpty()
        ? state.value(NullWords.anyOf(object))
        : state.value(NullWords.anyWith(object, arguments));
  }

  private List<NullValue> arguments(
      MethodInvocationTree tree,
      MethodSymbol method,
      @Nullable Api api,
      @Nullable NullValue object,
      NullState state) {
    List<NullValue> values = new ArrayList<>();
    for (int i = 0; i < tree.getArguments().size(); i++) {
      ExpressionTree argument = tree.getArguments().get(i);
      ExpressionTree plain = Symbols.strip(argument);
      if (isFunction(plain)) {
        ImmutableList<NullValue> given =
            api != null
                ? ImmutableList.of(NullValue.SAFE)
                : NullLibrary.given(method, object, plain);
        values.add(NullValue.holding(function(plain, given, state)));
      } else {
        NullValue value = expressions.evaluate(argument, state);
        values.add(value);
        needed(tree, method, i, argument, value, state);
      }
    }
    return values;
  }

  /** What a method needs of an argument, where its source is not there to say. */
  private void needed(
      Tree at,
      MethodSymbol method,
      int position,
      ExpressionTree argument,
      NullValue value,
      NullState state) {
    List<VarSymbol> parameters = method.params();
    if (position < parameters.size()) {
      uses.unboxed(argument, parameters.get(position).type, value, state);
    }
    if (nulls.sources().failsOnNull(method, position)) {
      String name =
          method.isConstructor()
              ? "new " + method.owner.name
              : method.owner.name + "." + method.name;
      uses.use(at, argument, value, "is given to " + name + ", which fails on null", state);
    }
  }

  static boolean isFunction(ExpressionTree tree) {
    return tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree;
  }

  /** What a function returns that is called with {@code given}. */
  NullValue function(ExpressionTree tree, ImmutableList<NullValue> given, NullState state) {
    if (tree instanceof LambdaExpressionTree lambda) {
      NullState entry = state.copy();
      for (int i = 0; i < lambda.getParameters().size(); i++) {
        VariableTree parameter = lambda.getParameters().get(i);
        String name = parameter.getName().toString();
        entry.assign(name, i < given.size() ? given.get(i).via(name) : NullValue.UNKNOWN);
      }
      return expressions.walk(lambda, entry);
    }
    return tree instanceof MemberReferenceTree reference
        ? reference(reference, given, state)
        : NullValue.UNKNOWN;
  }

  private NullValue reference(
      MemberReferenceTree tree, ImmutableList<NullValue> given, NullState state) {
    MethodSymbol method = Symbols.method(tree);
    ImmutableList<NullValue> arguments = given;
    ExpressionTree qualifier = tree.getQualifierExpression();
    JCMemberReference.ReferenceKind kind = ((JCMemberReference) tree).kind;
    NullValue object = null;
    if (kind == JCMemberReference.ReferenceKind.BOUND) {
      object = expressions.evaluate(qualifier, state);
      uses.use(tree, qualifier, object, "'" + tree.getName() + "' is bound to it", state);
    } else if (kind == JCMemberReference.ReferenceKind.UNBOUND && !given.isEmpty()) {
      NullValue first = given.get(0);
      uses.add(
          tree,
          first,
          new Dereference(
              tree,
              found.member,
              NullUses.source(tree),
              "is called on it",
              first.path(),
              first.isShared(),
              null));
      arguments = given.subList(1, given.size());
    }
    if (method == null || method.isConstructor()) {
      return NullValue.SAFE;
    }
    NullValue inner = inner(method, object);
    if (inner != null) {
      return inner; // supplier::get
    }
    return summaries.result(method, arguments, null, tree, state, NullUses.source(tree));
  }

  /** What a functional object returns when its method is called. */
  private @Nullable NullValue inner(MethodSymbol method, @Nullable NullValue object) {
    if (object == null || (method.flags() & Flags.ABSTRACT) == 0) {
      return null;
    }
    if (object.inner() != null) {
      return object.inner();
    }
    VarSymbol parameter = object.parameter();
    boolean function =
        parameter != null && object.depth() == 0 && nulls.isFunctional(parameter.type);
    if (!function || parameter == null) {
      return null;
    }
    return object.inside();
  }

  /** A coalescing call: what its loader returns is what every caller gets. */
  private NullValue coalesced(
      MethodInvocationTree tree,
      MethodSymbol method,
      Api api,
      @Nullable NullValue object,
      List<NullValue> arguments,
      NullState state) {
    ExpressionTree loader =
        api.loader() >= 0 && api.loader() < tree.getArguments().size()
            ? Symbols.strip(tree.getArguments().get(api.loader()))
            : null;
    NullValue loaded;
    if (loader == null && !api.has(Trait.DECLARED)) {
      loaded = object == null ? NullValue.UNKNOWN : object.inside();
    } else if (loader == null) {
      loaded = summaries.result(method, arguments, tree, tree, state, method.name + "(…)");
      loaded = api.has(Trait.ASYNC) && loaded.inner() != null ? loaded.inner() : loaded;
    } else {
      found.loaders.addAll(isFunction(loader) ? List.of(loader) : List.of());
      loaded = arguments.get(api.loader()).inside();
      if (loaded.parameter() != null) {
        found.loaderParameters.add(loaded.parameter());
      }
      if (!isFunction(loader)
          && loaded.kind() == NullValue.Kind.UNKNOWN
          && loaded.parameter() == null) {
        loaded = nulls.ofBodies(loader, found.member);
      }
    }
    NullValue shared = loaded.via(NullWords.name(tree) + "(…)").shared();
    Type type = Symbols.typeOf(tree);
    if (!shared.mayBeNull()
        && shared.kind() == NullValue.Kind.UNKNOWN
        && NullSources.isNullable(type)) {
      shared = NullValue.sometimes(NullUses.source(tree)).shared();
    }
    if (Symbols.simpleName(method.getReturnType()).matches("Optional|Map")) {
      return NullValue.SAFE; // what it found, if anything: not a loader's own map
    }
    boolean wrapped =
        api.has(Trait.ASYNC)
            || api.has(Trait.KEEPS_LOADER)
            || Symbols.simpleName(type).equals("SharedResult");
    if (!wrapped) {
      NullValue known = known(tree, state);
      return known != null ? known : shared;
    }
    return NullValue.holding(shared);
  }

  /** What any other method gives. */
  private NullValue result(
      MethodInvocationTree tree,
      MethodSymbol method,
      @Nullable Api api,
      @Nullable NullValue object,
      List<NullValue> arguments,
      NullState state) {
    String name = method.name.toString();
    String owner = method.owner.getQualifiedName().toString();
    if (owner.equals("java.util.Objects") && name.startsWith("requireNonNull")) {
      return NullValue.SAFE;
    }
    if (owner.startsWith("java.util.Optional")) {
      return NullLibrary.ofOptional(name, object, arguments);
    }
    if (NullLibrary.isStream(method) && object != null) {
      return NullLibrary.ofStream(tree, name, object, arguments);
    }
    if (NullLibrary.isFuture(method)) {
      NullValue future = NullLibrary.ofFuture(method, object, arguments);
      if (future != null) {
        return future;
      }
    }
    if (api != null && api.has(Trait.SELECTS) && object != null) {
      return object;
    }
    if (name.equals("getOrDefault") && arguments.size() == 2) {
      return arguments.get(1).mayBeNull() ? arguments.get(1) : NullValue.UNKNOWN;
    }
    if (owner.equals("dev.singleflight.SharedResult")) {
      return object == null || !name.equals("value") ? NullValue.UNKNOWN : object.inside();
    }
    NullValue inner = inner(method, object);
    if (inner != null) {
      return inner;
    }
    boolean keyed =
        !tree.getArguments().isEmpty()
            && NullSources.isKeyedByEnum(method, Symbols.typeOf(tree.getArguments().get(0)));
    NullValue value =
        keyed
            ? NullValue.UNKNOWN
            : summaries.result(method, arguments, tree, tree, state, NullUses.source(tree));
    return value.mayBeNull() || object == null
        ? value
        : nulls.component(tree, method, found.member, value);
  }

  /** What is known of the arguments once a call has returned. */
  private void checked(MethodInvocationTree tree, MethodSymbol method, NullState state) {
    String name = method.name.toString();
    boolean checks =
        CHECKS.matcher(name).matches()
            || (method.isStatic() && CHECKERS.matcher(method.owner.name).matches());
    checks &= !name.endsWith("Else") && !name.endsWith("ElseGet");
    if (checks && nulls.summary(nulls.code().target(method)) == null) {
      for (ExpressionTree argument : tree.getArguments()) {
        ExpressionTree plain = Symbols.strip(argument);
        if (isBoolean(plain)) {
          asserted(plain, name, state);
        } else if (plain instanceof IdentifierTree || plain instanceof MethodInvocationTree) {
          state.put(NullWords.of(plain), NullValue.SAFE);
        }
      }
    }
    String object = NullWords.receiver(tree);
    if (FILLS.matcher(name).matches() && object != null && !tree.getArguments().isEmpty()) {
      String key = NullWords.of(tree.getArguments().get(0));
      if (key != null) {
        state.put(NullWords.anyWith(object, key), NullValue.SAFE);
      }
    }
  }

  static boolean isBoolean(ExpressionTree tree) {
    Type type = Symbols.typeOf(tree);
    return type != null && type.isPrimitive() && type.toString().equals("boolean");
  }

  /** {@code checkArgument(user != null)}. */
  private void asserted(ExpressionTree condition, String name, NullState state) {
    List<NullState> ways =
        expressions.conditions().assume(condition, !name.endsWith("False"), state);
    if (ways.size() == 1) {
      state.become(ways.get(0));
    }
  }

  NullValue creation(NewClassTree tree, NullState state) {
    MethodSymbol constructor = Symbols.method(tree);
    List<NullValue> arguments = new ArrayList<>();
    for (int i = 0; i < tree.getArguments().size(); i++) {
      ExpressionTree argument = tree.getArguments().get(i);
      NullValue value = expressions.evaluate(argument, state);
      arguments.add(value);
      if (constructor != null) {
        needed(tree, constructor, i, argument, value, state);
      }
    }
    if (tree.getClassBody() != null) {
      expressions.classBody(tree.getClassBody(), state);
    } else if (constructor != null) {
      NullSummary summary = nulls.summary(constructor);
      if (summary != null) {
        summaries.apply(constructor, summary, arguments, tree.getArguments(), tree, state);
      }
    }
    return NullValue.SAFE;
  }
}
