package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.List;

/**
 * Objects that make their group themselves, and that a call makes for its own use although it could
 * have shared one: nothing that they are made of is the call's. Other objects of their class may
 * well be shared, and so nothing is wrong where the class makes its group.
 */
final class WastedObjects {
  private final Sources sources;
  private final Groups groups;
  private final Runs runs;
  private final Owners owners;

  WastedObjects(VisitorState state, Groups groups, Runs runs, Owners owners) {
    this.sources = Sources.of(state);
    this.groups = groups;
    this.runs = runs;
    this.owners = owners;
  }

  boolean is(NewClassTree creation, Member member) {
    MethodSymbol constructor = Symbols.method(creation);
    if (constructor == null || creation.getClassBody() != null) {
      return false;
    }
    ClassSymbol type = Symbols.enclosingClass(constructor);
    if (Symbols.isRecord(type)) {
      return false; // it is told what its group is
    }
    ImmutableList.Builder<ClassSymbol> lineage = ImmutableList.builder();
    for (ClassSymbol at = type; Sources.isSource(at); ) {
      lineage.add(at);
      for (Symbol field : at.members().getSymbols()) {
        if (field instanceof VarSymbol group
            && !group.isStatic()
            && groups.isGroup(group.type)
            && isWasted(creation, lineage.build(), group, member)) {
          return true;
        }
      }
      Type parent = at.getSuperclass();
      if (!(parent.tsym instanceof ClassSymbol next)) {
        break;
      }
      at = next;
    }
    return false;
  }

  private boolean isWasted(
      NewClassTree creation, ImmutableList<ClassSymbol> lineage, VarSymbol field, Member member) {
    if (!creation.getArguments().stream().allMatch(WastedObjects::isOfAll)
        || !runs.isPerCall(creation, member)) {
      return false;
    }
    List<FieldWrite> writes = sources.writes(field);
    for (FieldWrite write : writes) {
      Member maker = sources.member(write.root(), field);
      boolean reportedThere =
          maker != null
              && owners.isPerCall(Symbols.enclosingClass(field), field, write.value(), maker);
      if (reportedThere || maker == null) {
        return false;
      }
    }
    return !writes.isEmpty()
        && owners.isUsedUp(creation, lineage, field, writes.get(0).value(), member);
  }

  /** Whether an argument is the same for all calls: a constant, or a field of this object. */
  private static boolean isOfAll(ExpressionTree argument) {
    ExpressionTree plain = Symbols.strip(argument);
    VarSymbol variable = Symbols.variable(plain);
    return plain instanceof LiteralTree
        || (variable != null
            && Symbols.isField(variable)
            && (plain instanceof IdentifierTree
                || (plain instanceof MemberSelectTree select
                    && (variable.isStatic() || select.getExpression().toString().equals("this")))));
  }
}
