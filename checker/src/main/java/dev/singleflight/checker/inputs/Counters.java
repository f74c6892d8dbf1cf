package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.IdentityHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fields that the method around a call has just counted up: whoever calls it next has others. */
final class Counters {
  private final IdentityHashMap<Member, ImmutableList<ExpressionTree>> advances =
      new IdentityHashMap<>();

  /** What has counted up a field that a key is made of; null where nothing has. */
  @Nullable ExpressionTree advance(ImmutableSet<Atom> key, Site site) {
    Member member = site.member();
    Tree method = member.function(site.tree());
    for (ExpressionTree change : advances.computeIfAbsent(member, Counters::advancesIn)) {
      VarSymbol field = advancedBy(change);
      if (field != null
          && member.function(change) == method
          && member.flow().dominates(change, site.tree())
          && ASTHelpers.getStartPosition(change) < ASTHelpers.getStartPosition(site.tree())
          && key.stream().anyMatch(atom -> isField(atom, field))) {
        return change;
      }
    }
    return null;
  }

  /** What counts up a field: found once for all the calls of a member. */
  private static ImmutableList<ExpressionTree> advancesIn(Member member) {
    return Stream.concat(member.assignments().stream(), member.invocations().stream())
        .filter(
            change -> {
              VarSymbol advanced = advancedBy(change);
              return advanced != null && Symbols.isField(advanced);
            })
        .collect(ImmutableList.toImmutableList());
  }

  /** The variable that {@code ++}, {@code +=} or an atomic counter's own method counts up. */
  private static @Nullable VarSymbol advancedBy(ExpressionTree change) {
    if (change instanceof UnaryTree unary) {
      ExpressionTree changed = Symbols.changed(unary);
      return changed == null ? null : Symbols.variable(changed);
    }
    if (change instanceof CompoundAssignmentTree compound) {
      return compound.getExpression() instanceof LiteralTree
          ? Symbols.variable(Symbols.strip(compound.getVariable()))
          : null;
    }
    if (change instanceof MethodInvocationTree call) {
      MethodSymbol method = Symbols.method(call);
      ExpressionTree receiver = Symbols.receiver(call);
      return method != null && receiver != null && Functions.natureOf(method) == Nature.COUNTER
          ? Symbols.variable(Symbols.strip(receiver))
          : null;
    }
    return null;
  }

  private static boolean isField(Atom atom, VarSymbol field) {
    return atom.root() == field || (!atom.path().isEmpty() && atom.path().get(0).symbol() == field);
  }
}
