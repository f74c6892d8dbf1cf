package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the value of a local variable is filled step by step. */
final class Fillings {
  private static final ImmutableSet<String> FOR_EACH =
      ImmutableSet.of("forEach", "forEachOrdered", "forEachRemaining", "ifPresent");

  private final Inputs inputs;

  Fillings(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * What is put into a value otherwise than by a call on it.
   *
   * @param at the code that does it
   */
  record Filling(ExpressionTree at, ImmutableList<Term> parts) {}

  /** Whether code may fill a variable's value: the cheap question. */
  static boolean mayBe(VarSymbol variable, Member member) {
    return !member.callsOn(variable).isEmpty()
        || !member.boundTo(variable).isEmpty()
        || member.handedTo(variable).stream().anyMatch(Fillings::isAddAll);
  }

  /** {@code ids.forEach(all::add)} and {@code Collections.addAll(all, ids)} before a use. */
  List<Filling> before(Tree use, VarSymbol variable, Member member, Scope scope) {
    int position = ASTHelpers.getStartPosition(use);
    List<Filling> fillings = new ArrayList<>();
    for (MemberReferenceTree reference : member.boundTo(variable)) {
      Term element =
          ASTHelpers.getStartPosition(reference) < position
                  && member.parent(reference) instanceof MethodInvocationTree call
                  && isForEach(call)
              ? inputs.given(call, 0, reference, scope)
              : null;
      if (element != null) {
        fillings.add(new Filling(reference, ImmutableList.of(element)));
      }
    }
    for (MethodInvocationTree call : member.handedTo(variable)) {
      List<? extends ExpressionTree> arguments = call.getArguments();
      if (isAddAll(call)
          && Symbols.variable(Symbols.strip(arguments.get(0))) == variable
          && ASTHelpers.getStartPosition(call) < position) {
        ImmutableList<Term> added =
            inputs.evaluateAll(arguments.subList(1, arguments.size()), scope);
        fillings.add(new Filling(call, added));
      }
    }
    return fillings;
  }

  private static boolean isAddAll(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method != null
        && method.name.contentEquals("addAll")
        && method.owner.getQualifiedName().contentEquals("java.util.Collections")
        && call.getArguments().size() > 1;
  }

  /** Whether nobody is told what a call gives: it was made for what it does. */
  static boolean isStatement(MethodInvocationTree call, Member member) {
    Tree at = member.parent(call);
    while (at instanceof MemberSelectTree || at instanceof MethodInvocationTree) {
      at = member.parent(at);
    }
    return at instanceof ExpressionStatementTree
        || (at instanceof LambdaExpressionTree each && isForEach(member.parent(each)));
  }

  /** {@code ids.forEach(…)}, which drops what its function returns. */
  private static boolean isForEach(@Nullable Tree call) {
    MethodSymbol method = call instanceof MethodInvocationTree ? Symbols.method(call) : null;
    return method != null && FOR_EACH.contains(method.name.toString());
  }
}
