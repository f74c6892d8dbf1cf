package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What handlers of exceptions stand for: any failure, or one that is an answer. */
class Handlers {
  /** Exceptions that answer the question, and those that say how a caller's waiting ended. */
  private static final Pattern ANSWERS =
      Pattern.compile(
          "\\w*(NotFound|NoSuch|EmptyResult|NotExist|DoesntExist|Missing|Absent|NoResult|Unknown"
              + "|Gone|NonExist|Deleted|NotKnown|Unresolvable|BadRequest|Invalid|Illegal(?!State)|Forbidden"
              + "|Unauthorized|Permanent|Validation|Malformed|Unsupported|Parse|Syntax|NumberFormat"
              + "|Interrupted|Cancellation|CacheMiss|Unprocessable|AccessDenied|Format)\\w*");

  /** Whether what stands at {@code at} is done for whatever failed. */
  boolean isForAnyFailure(Tree at, CatchTree handler, Member member) {
    if (areAnswers(handler.getParameter().getType()) || !mayPass(handler, member)) {
      return false;
    }
    VarSymbol failure = Symbols.variable(handler.getParameter());
    return failure == null
        || Conditions.of(at, handler, member).stream()
            .noneMatch(c -> Conditions.variables(c.expression()).contains(failure));
  }

  /** Whether what is caught may be gone when it is tried again. */
  boolean mayPass(CatchTree handler, Member member) {
    return true;
  }

  /** Whether a method of such a type, by its name one that recovers, is given failures. */
  boolean recovers(@Nullable Type receiver) {
    return true;
  }

  /** Whether a value of such a type may hold what stands in for another, and is not it. */
  boolean holds(@Nullable Type type) {
    return true;
  }

  /** Whether what is made of {@code part} is that value still, and not one it is a part of. */
  boolean isStill(ExpressionTree whole, ExpressionTree part, int parts) {
    return true;
  }

  private static boolean areAnswers(Tree type) {
    List<? extends Tree> types =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    return types.stream().allMatch(t -> ANSWERS.matcher(name(t)).matches());
  }

  private static String name(Tree type) {
    String name = type.toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The handler of a {@code try} after which code goes on as if nothing had failed. */
  @Nullable CatchTree swallowing(TryTree attempt, Member member) {
    for (CatchTree handler : attempt.getCatches()) {
      if (mayPass(handler, member)
          && !areAnswers(handler.getParameter().getType())
          && !Conditions.endsAbruptly(handler.getBlock())
          && !classifies(handler.getBlock(), Symbols.variable(handler.getParameter()))) {
        return handler;
      }
    }
    return null;
  }

  /** The variables by which a handler tells that something failed. */
  ImmutableSet<VarSymbol> marks(CatchTree handler, Member member) {
    ImmutableSet.Builder<VarSymbol> marks = ImmutableSet.builder();
    for (ExpressionTree tree : member.assignments()) {
      VarSymbol variable =
          tree instanceof AssignmentTree assignment && member.isInside(tree, handler)
              ? Symbols.variable(Symbols.strip(assignment.getVariable()))
              : null;
      if (variable != null) {
        marks.add(variable);
      }
    }
    return marks.build();
  }

  /** Whether code asks what kind of failure it is. */
  boolean classifies(Tree code, @Nullable VarSymbol failure) {
    boolean[] asks = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIf(IfTree node, @Nullable Void unused) {
        asks[0] |= isAbout(node.getCondition());
        return super.visitIf(node, null);
      }

      @Override
      public @Nullable Void visitConditionalExpression(
          ConditionalExpressionTree node, @Nullable Void unused) {
        asks[0] |= isAbout(node.getCondition());
        return super.visitConditionalExpression(node, null);
      }

      @Override
      public @Nullable Void visitSwitch(SwitchTree node, @Nullable Void unused) {
        asks[0] |= isAbout(node.getExpression());
        return super.visitSwitch(node, null);
      }

      @Override
      public @Nullable Void visitInstanceOf(InstanceOfTree node, @Nullable Void unused) {
        asks[0] |= isAbout(node.getExpression());
        return super.visitInstanceOf(node, null);
      }

      private boolean isAbout(ExpressionTree condition) {
        return failure != null
            && Conditions.variables(condition).contains(failure)
            && !condition.toString().matches("\\(?" + failure.name + " [!=]= null\\)?");
      }
    }.scan(code, null);
    return asks[0];
  }
}
