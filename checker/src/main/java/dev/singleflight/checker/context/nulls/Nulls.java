package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.NullSources;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which uses of a value fail because it may be null where they stand. One instance for each javac
 * call; each member is walked once.
 */
public final class Nulls {
  private static final Context.Key<Nulls> KEY = new Context.Key<>();

  /** How deep methods call methods before nothing is known of what they do. */
  private static final int MAX_DEPTH = 12;

  /** How deep in what it calls a method's faults count as its own. */
  private static final int MAX_FAULT_DEPTH = 4;

  private static final int MAX_FAULTS = 10;

  private final Types types;
  private final Apis apis;
  private final Inputs inputs;
  private final Sources code;
  private final NullSources sources;
  private final Components components;
  private final IdentityHashMap<Member, MemberNulls> members = new IdentityHashMap<>();
  private final IdentityHashMap<Member, MemberNulls> underWay = new IdentityHashMap<>();
  private final Map<VarSymbol, NullValue> fields = new HashMap<>();

  private Nulls(VisitorState state) {
    this.types = state.getTypes();
    this.apis = Apis.of(state);
    this.inputs = Inputs.of(state);
    this.code = Sources.of(state);
    this.sources = new NullSources(state);
    this.components = new Components(code, inputs);
  }

  public static Nulls of(VisitorState state) {
    Nulls nulls = state.context.get(KEY);
    if (nulls == null) {
      nulls = new Nulls(state);
      state.context.put(KEY, nulls);
    }
    return nulls;
  }

  /** The uses, in a member's own code, of what a load gives to all of its callers. */
  public List<Dereference> ofShared(Member member) {
    List<Dereference> uses = new ArrayList<>();
    for (Dereference use : walk(member).dereferences()) {
      if (use.isShared() && use.inner() == null) {
        uses.add(use);
      }
    }
    return uses;
  }

  /** The uses of other values in the code of functions that a member hands to coalescing calls. */
  public List<Dereference> inLoaders(Member member) {
    MemberNulls nulls = walk(member);
    Set<Dereference> uses = new LinkedHashSet<>();
    for (Tree function : nulls.loaderFunctions()) {
      inside(function, nulls, uses);
    }
    return new ArrayList<>(uses);
  }

  /** The uses of other values in the code of a call's loader, wherever that stands. */
  public List<Dereference> inLoader(Site site) {
    Set<Dereference> uses = new LinkedHashSet<>();
    for (Body body : inputs.loader(site)) {
      Member member = body.scope().member();
      Member own = member == null ? null : memberOf(body, member);
      if (own != null) {
        inside(body.function(), walk(own), uses);
      }
    }
    return new ArrayList<>(uses);
  }

  /** The member whose code a body is: an anonymous class has the variables of another around it. */
  private @Nullable Member memberOf(Body body, Member member) {
    if (member.isInside(body.function(), member.tree())) {
      return member;
    }
    MethodSymbol method = Symbols.method(body.function());
    return method == null ? null : code.member(body.function(), method);
  }

  private void inside(Tree function, MemberNulls nulls, Set<Dereference> uses) {
    called(function, nulls.member).forEach(code -> inside(code, nulls, uses));
    for (Dereference use : nulls.dereferences()) {
      if (!use.isShared() && nulls.member.isInside(use.at(), function)) {
        uses.add(use);
      }
    }
  }

  /** The functions held by variables of the member that a function of it calls. */
  private Set<Tree> called(Tree function, Member member) {
    Set<Tree> called = new LinkedHashSet<>();
    for (MethodInvocationTree call : member.invocations()) {
      ExpressionTree receiver = Symbols.receiver(call);
      if (receiver != null
          && Symbols.strip(receiver) instanceof IdentifierTree name
          && isFunctional(Symbols.variable(name))
          && member.isInside(call, function)
          && Terms.value(inputs.evaluate(name, inputs.scope(member))) instanceof Term.Code code
          && !member.isInside(code.tree(), function)
          && !member.isInside(function, code.tree())
          && member.parent(code.tree()) != null) {
        called.add(code.tree());
      }
    }
    return called;
  }

  private boolean isFunctional(@Nullable VarSymbol variable) {
    return variable != null && !Symbols.isField(variable) && isFunctional(variable.type);
  }

  Apis apis() {
    return apis;
  }

  Sources code() {
    return code;
  }

  NullSources sources() {
    return sources;
  }

  private MemberNulls walk(Member member) {
    MemberNulls known = members.get(member);
    if (known != null) {
      return known;
    }
    MemberNulls nulls = new MemberNulls(member);
    if (underWay.size() >= MAX_DEPTH || underWay.putIfAbsent(member, nulls) != null) {
      return nulls;
    }
    try {
      NullExpressions expressions = new NullExpressions(this, nulls);
      Tree tree = member.tree();
      if (tree instanceof MethodTree method) {
        expressions.method(method, new NullState());
      } else if (tree instanceof VariableTree field && field.getInitializer() != null) {
        nulls.assign(
            field.getInitializer(), expressions.evaluate(field.getInitializer(), new NullState()));
      } else {
        expressions.walk(tree, new NullState());
      }
      members.put(member, nulls);
      return nulls;
    } finally {
      underWay.remove(member);
    }
  }

  /** What a method does, by its source; null where there is none, or it is being found out. */
  @Nullable NullSummary summary(MethodSymbol method) {
    MethodTree tree = code.method(method);
    Member member = tree == null ? null : code.member(tree, method);
    if (tree == null
        || member == null
        || underWay.containsKey(member)
        || (underWay.size() >= MAX_DEPTH && !members.containsKey(member))) {
      return null;
    }
    MemberNulls nulls = walk(member);
    ImmutableList.Builder<Dereference> faults = ImmutableList.builder();
    int count = 0;
    for (Dereference use : nulls.dereferences()) {
      if (!use.isShared()
          && use.depth() < MAX_FAULT_DEPTH
          && count++ < MAX_FAULTS
          && member.isInside(use.at(), tree)) {
        faults.add(use);
      }
    }
    return new NullSummary(method, tree, nulls, faults.build());
  }

  /** What a field holds, as far as it was given a shared value that may be null, or a function. */
  NullValue field(VarSymbol field) {
    NullValue known = fields.get(field);
    if (known != null) {
      return known;
    }
    fields.put(field, NullValue.UNKNOWN); // what a recursion sees
    NullValue value = NullValue.UNKNOWN;
    for (FieldWrite write : code.writes(field)) {
      Member member = code.member(write.root(), field);
      if (member != null && !underWay.containsKey(member)) {
        NullValue assigned = walk(member).assigned(write.value());
        if (assigned != null && (assigned.carriesSharedNull() || isLambda(assigned, field))) {
          value = NullValue.join(value, assigned.via(field.name.toString()));
        }
      }
    }
    fields.put(field, value);
    return value;
  }

  private boolean isLambda(NullValue value, VarSymbol field) {
    return value.inner() != null && isFunctional(field.type) && Symbols.isFinal(field);
  }

  boolean isFunctional(Type type) {
    try {
      return type.tsym != null && type.tsym.isInterface() && types.isFunctionalInterface(type);
    } catch (Symbol.CompletionFailure e) {
      return false;
    }
  }

  /** What a loader returns that is not written where it is used. */
  NullValue ofBodies(ExpressionTree loader, Member member) {
    NullValue value = null;
    for (Body body :
        inputs.bodies(
            inputs.evaluate(loader, inputs.scope(member)), ImmutableList.of(), new ArrayList<>())) {
      Member around = body.scope().member();
      Member own = around == null ? null : memberOf(body, around);
      if (own != null) {
        MemberNulls begun = underWay.get(own);
        MemberNulls nulls = begun != null ? begun : walk(own);
        value = NullValue.join(value, nulls.result(body.function()));
      }
    }
    return value == null ? NullValue.UNKNOWN : value;
  }

  /** The value beside an error, which its own source leaves null where there was one. */
  NullValue component(
      MethodInvocationTree call, MethodSymbol accessor, Member member, NullValue value) {
    return components.mayBeNull(call, accessor, member)
        ? NullValue.sometimes(NullUses.source(call))
        : value;
  }

  /** What a question to a method of the sources says of its arguments; null if nothing. */
  @Nullable List<NullState> predicate(
      MethodInvocationTree call, MethodSymbol declared, boolean holds, NullState state) {
    MethodSymbol method = code.target(declared);
    MethodTree tree = code.method(method);
    Member member = tree == null ? null : code.member(tree, method);
    if (tree == null
        || member == null
        || tree.getBody() == null
        || tree.getBody().getStatements().size() != 1
        || !(tree.getBody().getStatements().get(0) instanceof ReturnTree result)
        || result.getExpression() == null
        || (method.flags() & Flags.VARARGS) != 0) {
      return null;
    }
    NullState inside = new NullState();
    List<VarSymbol> parameters = method.params();
    for (int i = 0; i < parameters.size() && i < call.getArguments().size(); i++) {
      NullValue given = state.value(NullWords.of(call.getArguments().get(i)));
      inside.put(parameters.get(i).name.toString(), given == null ? NullValue.UNKNOWN : given);
    }
    List<NullState> ways =
        new NullConditions(this, member).assume(result.getExpression(), holds, inside);
    NullState outside = state.copy();
    for (int i = 0; i < parameters.size() && i < call.getArguments().size(); i++) {
      String name = parameters.get(i).name.toString();
      ExpressionTree argument = Symbols.strip(call.getArguments().get(i));
      if (argument instanceof IdentifierTree && ways.stream().allMatch(way -> isThere(way, name))) {
        outside.put(NullWords.of(argument), NullValue.SAFE);
      }
    }
    return ways.isEmpty() ? List.of() : List.of(outside);
  }

  private static boolean isThere(NullState state, String name) {
    NullValue value = state.value(name);
    return value != null && value.kind() == NullValue.Kind.NEVER;
  }
}
