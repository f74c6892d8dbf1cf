package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.Confinement.Called;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes a group, and what those who use it could share. */
final class Groups {
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          "dev.singleflight.SingleflightGroup",
          "dev.singleflight.SingleflightLoader",
          "dev.singleflight.TenantLoader");

  /** What a builder is told about values that are to be kept for longer than a call. */
  private static final ImmutableSet<String> KEEPS_LONG =
      ImmutableSet.of(
          "expireAfterWrite", "refreshAfterWrite", "refreshEarly", "staleIfError", "jitter");

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;

  Groups(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
  }

  boolean isGroup(@Nullable Type type) {
    return TYPES.contains(Symbols.qualifiedName(type));
  }

  boolean creates(@Nullable MethodSymbol method) {
    return apis.is(method, Trait.CREATES);
  }

  /** Whether each evaluation of an expression gives a group that is made for it. */
  boolean isFresh(ExpressionTree expression, Member member) {
    return isFresh(inputs.evaluate(expression, inputs.scope(member)));
  }

  boolean isFresh(Term term) {
    if (term instanceof Term.Returned returned) {
      return isFresh(returned.value()) && keepsNone(returned.method());
    }
    if (term instanceof Term.Named named) {
      return isFresh(named.value());
    }
    if (term instanceof Term.Decided decided) {
      return isFresh(decided.value());
    }
    if (term instanceof Term.Op op && op.kind() == Term.Kind.CHOICE) {
      return !op.operands().isEmpty() && op.operands().stream().allMatch(this::isFresh);
    }
    return term instanceof Term.Call call && creates(call.method());
  }

  /** Whether a value is used where another, which is not made there, may be used as well. */
  boolean isAlternative(Tree value, Member member) {
    Tree at = value;
    Tree parent = member.parent(value);
    while (parent instanceof ParenthesizedTree || parent instanceof ConditionalExpressionTree) {
      at = parent;
      parent = member.parent(parent);
    }
    if (at != value && at instanceof ExpressionTree choice && !isFresh(choice, member)) {
      return true;
    }
    VarSymbol local =
        parent instanceof AssignmentTree assignment
            ? Symbols.variable(Symbols.strip(assignment.getVariable()))
            : parent instanceof VariableTree ? Symbols.variable(parent) : null;
    if (local == null || Symbols.isField(local)) {
      return false;
    }
    return member.parent(Objects.requireNonNullElse(member.declaration(local), value))
            instanceof MethodTree
        || member.definitions(local).stream()
            .map(Definition::value)
            .anyMatch(other -> !isNull(other) && !isFresh(other, member));
  }

  private static boolean isNull(ExpressionTree value) {
    return Symbols.strip(value).getKind() == Tree.Kind.NULL_LITERAL;
  }

  /** Whether a method only returns the groups that it makes. */
  private boolean keepsNone(MethodSymbol called) {
    MethodSymbol method = sources.target(called);
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    return member != null
        && member.invocations().stream()
            .filter(call -> isGroup(Symbols.typeOf(call)))
            .flatMap(call -> Uses.of(call, member).stream())
            .allMatch(use -> use.kind() == Uses.Kind.RETURNED || use.kind() == Uses.Kind.SEEN);
  }

  /**
   * Whether loads through a group that only one run of some code uses never meet: they are made one
   * after the other, and nothing that an earlier one has left serves a later one.
   */
  boolean cannotCoalesce(List<Called> calls, ExpressionTree creation, Member member) {
    List<Called> loads = calls.stream().filter(call -> isLoad(call.method())).toList();
    boolean several =
        loads.size() > 1
            || loads.stream()
                .anyMatch(load -> load.repeated() || load.method().name.contentEquals("getAll"));
    boolean async = loads.stream().anyMatch(load -> apis.is(load.method(), Trait.ASYNC));
    boolean caches = caches(loads);
    return !loads.isEmpty()
        && !(several && async)
        && !(several && caches && !isMeantToLast(creation, member));
  }

  /** Whether what some calls load is kept for later ones. */
  boolean caches(List<Called> calls) {
    return calls.stream().anyMatch(call -> apis.is(call.method(), Trait.CACHES));
  }

  private static boolean isCalledOn(VarSymbol field, MethodInvocationTree call) {
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver != null && Symbols.variable(Symbols.strip(receiver)) == field;
  }

  /** Whether a call loads through the group in a field. */
  boolean isLoadThrough(VarSymbol field, MethodInvocationTree call) {
    return isCalledOn(field, call) && isLoad(Symbols.method(call));
  }

  private boolean isLoad(@Nullable MethodSymbol method) {
    Api api = apis.match(method);
    return api != null && api.isLoad();
  }

  /** Whether values are told to expire, or to be loaded again, after a time. */
  private boolean isMeantToLast(ExpressionTree creation, Member member) {
    Term term = Terms.value(inputs.evaluate(creation, inputs.scope(member)));
    while (term instanceof Term.Call call) {
      if (KEEPS_LONG.contains(call.method().name.toString())) {
        return true;
      }
      term = call.receiver() == null ? call : Terms.value(call.receiver());
      if (term == call) {
        return false;
      }
    }
    return false;
  }

  /** Whether a field's group is loaded through by the code that comes after {@code assignment}. */
  boolean loadsThrough(VarSymbol field, Tree assignment, Member member) {
    return member.invocations().stream()
        .anyMatch(
            call ->
                isLoad(Symbols.method(call))
                    && isCalledOn(field, call)
                    && member.flow().dominates(assignment, call)
                    && member.function(call) == member.function(assignment)
                    && ASTHelpers.getStartPosition(assignment) < ASTHelpers.getStartPosition(call));
  }
}
