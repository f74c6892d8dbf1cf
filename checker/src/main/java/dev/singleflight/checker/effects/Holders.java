package dev.singleflight.checker.effects;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which expressions of a member may hold what some of its calls give, as far as the names tell that
 * are written there: the cheap question before anything is evaluated. It errs to the side of yes.
 */
final class Holders {
  private final Member member;
  private final Predicate<MethodInvocationTree> gives;
  private final Predicate<VarSymbol> fieldHolds;
  private final Map<VarSymbol, Boolean> locals = new HashMap<>();

  Holders(Member member, Predicate<MethodInvocationTree> gives, Predicate<VarSymbol> fieldHolds) {
    this.member = member;
    this.gives = gives;
    this.fieldHolds = fieldHolds;
  }

  boolean mayHold(Tree expression) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree node, @Nullable Void unused) {
        return found[0] ? null : super.scan(node, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        found[0] = gives.test(node);
        return super.visitMethodInvocation(node, null);
      }

      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        found[0] |= isHolder(Symbols.variable(node));
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
        found[0] |= isHolder(Symbols.variable(node));
        return super.visitMemberSelect(node, null);
      }
    }.scan(expression, null);
    return found[0];
  }

  private boolean isHolder(@Nullable VarSymbol variable) {
    if (variable == null || variable.type.isPrimitive()) {
      return false;
    }
    return Symbols.isField(variable) ? fieldHolds.test(variable) : isLocalHolder(variable);
  }

  private boolean isLocalHolder(VarSymbol variable) {
    Boolean known = locals.get(variable);
    if (known == null) {
      locals.put(variable, false); // while it is being found, by way of itself
      known = isFilled(variable) || isDefined(variable);
      locals.put(variable, known);
    }
    return known;
  }

  private boolean isDefined(VarSymbol variable) {
    Iterable<Definition> definitions = member.definitions(variable);
    boolean any = false;
    for (Definition definition : definitions) {
      any = true;
      if (mayHold(definition.value())) {
        return true;
      }
    }
    return !any && !isParameter(variable); // of a lambda or pattern: the call around it knows
  }

  private boolean isParameter(VarSymbol variable) {
    Tree declaration = member.declaration(variable);
    return declaration == null || member.parent(declaration) instanceof MethodTree;
  }

  /** {@code list.add(held)}. */
  private boolean isFilled(VarSymbol variable) {
    for (MethodInvocationTree call : member.callsOn(variable)) {
      for (ExpressionTree argument : call.getArguments()) {
        if (mayHold(argument)) {
          return true;
        }
      }
    }
    return false;
  }
}
