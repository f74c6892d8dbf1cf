package dev.singleflight.checker.source;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a value inside the member that makes it: the other direction of {@link
 * Definition}. Locals are followed, whatever the order of their definitions.
 */
public final class Uses {
  private final Member member;
  private final List<Use> uses = new ArrayList<>();
  private final Set<VarSymbol> followed = new HashSet<>();
  private final Deque<Tree> open = new ArrayDeque<>();

  private Uses(Member member) {
    this.member = member;
  }

  /** What is done with a value. */
  public enum Kind {
    /** A method is called on it: the call. */
    RECEIVER,
    /** A method reference is bound to it: the reference. */
    BOUND,
    /** It is given to a method or constructor: the call. */
    ARGUMENT,
    /** It is assigned to a field: the assignment, or the field's declaration. */
    FIELD,
    /** A function returns it: the lambda or method. */
    RETURNED,
    /** Compared, tested, or dropped. */
    SEEN,
    /** Anything else, such as an array's element. */
    OTHER
  }

  /**
   * One use.
   *
   * @param at what uses it
   * @param value the expression that denotes it there
   */
  public record Use(Kind kind, Tree at, Tree value) {}

  /** All that {@code member} does with the value of an expression in it. */
  public static List<Use> of(Tree value, Member member) {
    Uses uses = new Uses(member);
    uses.open.add(value);
    while (!uses.open.isEmpty()) {
      uses.follow(uses.open.remove());
    }
    return uses.uses;
  }

  /** All that {@code member} does with the value of a parameter of its. */
  public static List<Use> of(VarSymbol parameter, Member member) {
    Uses uses = new Uses(member);
    uses.followed.add(parameter);
    uses.open.addAll(member.mentions(parameter));
    while (!uses.open.isEmpty()) {
      uses.follow(uses.open.remove());
    }
    return uses.uses;
  }

  private void follow(Tree value) {
    Tree child = value;
    Tree at = member.parent(value);
    while (at instanceof ParenthesizedTree
        || at instanceof TypeCastTree
        || (at instanceof ConditionalExpressionTree choice && choice.getCondition() != child)
        || (at instanceof CaseTree && member.parent(at) instanceof SwitchExpressionTree)
        || (at instanceof SwitchExpressionTree choice && choice.getExpression() != child)
        || at instanceof YieldTree) {
      child = at;
      at = member.parent(at);
      while (child instanceof YieldTree && at != null && !(at instanceof SwitchExpressionTree)) {
        at = member.parent(at);
      }
    }
    if (at == null) {
      add(Kind.OTHER, value, value);
    } else if (at instanceof VariableTree variable) {
      assigned(Symbols.variable(variable), variable, child);
    } else if (at instanceof AssignmentTree assignment && assignment.getExpression() == child) {
      assigned(Symbols.variable(Symbols.strip(assignment.getVariable())), assignment, child);
      open.add(assignment);
    } else if (at instanceof MemberSelectTree select) {
      boolean called = member.parent(select) instanceof MethodInvocationTree;
      add(called ? Kind.RECEIVER : Kind.OTHER, called ? parent(select) : select, child);
    } else if (at instanceof MethodInvocationTree || at instanceof NewClassTree) {
      add(Kind.ARGUMENT, at, child);
    } else if (at instanceof MemberReferenceTree) {
      add(Kind.BOUND, at, child);
    } else if (at instanceof ReturnTree) {
      add(Kind.RETURNED, member.function(at), child);
    } else if (at instanceof LambdaExpressionTree) {
      add(Kind.RETURNED, at, child);
    } else {
      boolean kept = at instanceof ArrayAccessTree || at instanceof AssignmentTree;
      boolean array = at instanceof NewArrayTree;
      add(kept || array ? Kind.OTHER : Kind.SEEN, at, child);
    }
  }

  private Tree parent(Tree tree) {
    Tree parent = member.parent(tree);
    return parent == null ? tree : parent;
  }

  private void assigned(@Nullable VarSymbol variable, Tree at, Tree value) {
    if (variable == null) {
      add(Kind.OTHER, at, value);
    } else if (Symbols.isField(variable)) {
      add(Kind.FIELD, at, value);
    } else if (followed.add(variable)) {
      open.addAll(member.mentions(variable));
    }
  }

  private void add(Kind kind, Tree at, Tree value) {
    uses.add(new Use(kind, at, value));
  }

  /** The field that a {@link Kind#FIELD} use assigns to. */
  public static @Nullable VarSymbol field(Use use) {
    return use.at() instanceof AssignmentTree assignment
        ? Symbols.variable(Symbols.strip(assignment.getVariable()))
        : Symbols.variable(use.at());
  }
}
