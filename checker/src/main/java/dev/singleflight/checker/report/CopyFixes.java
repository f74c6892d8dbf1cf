package dev.singleflight.checker.report;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.effects.Mutation;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Edits that give a caller a copy of its own. */
public final class CopyFixes {
  /** What copies a collection of that declared type, order and duplicates kept. */
  private static final ImmutableMap<String, String> COPIES =
      ImmutableMap.of(
          "java.util.List", "ArrayList",
          "java.util.Collection", "ArrayList",
          "java.util.Set", "LinkedHashSet",
          "java.util.Map", "LinkedHashMap");

  private CopyFixes() {}

  /** Copies the result where it is put into the variable that is changed. */
  public static Optional<SuggestedFix> before(
      Mutation mutation, Member member, VisitorState state) {
    if (!(mutation.object() instanceof Named named)
        || !(named.value() instanceof Call)
        || !(member.declaration(named.symbol()) instanceof VariableTree declaration)
        || declaration.getInitializer() == null
        || member.definitions(named.symbol()).size() != 1) {
      return Optional.empty();
    }
    ExpressionTree result = declaration.getInitializer();
    String source = state.getSourceForNode(result);
    Type type = named.symbol().type;
    if (source == null || !(type.tsym instanceof ClassSymbol symbol)) {
      return Optional.empty();
    }
    String copy = COPIES.get(symbol.getQualifiedName().toString());
    if (copy != null) {
      return Optional.of(
          SuggestedFix.builder()
              .addImport("java.util." + copy)
              .replace(result, "new " + copy + "<>(" + source + ")")
              .build());
    }
    String own = ownCopy(symbol);
    return own == null
        ? Optional.empty()
        : Optional.of(
            SuggestedFix.replace(
                result,
                own.startsWith("new ") ? own + "(" + source + ")" : source + "." + own + "()"));
  }

  /** How a class copies itself: a method that says so, or a constructor that takes another. */
  private static @Nullable String ownCopy(ClassSymbol type) {
    String constructor = null;
    for (Symbol member : type.members().getSymbols()) {
      if (!(member instanceof MethodSymbol method) || Symbols.isPrivate(method)) {
        continue;
      }
      boolean copies =
          method.name.toString().matches("copy|deepCopy")
              && method.params().isEmpty()
              && method.getReturnType().tsym == type;
      if (copies && !method.isStatic()) {
        return method.name.toString();
      }
      if (method.isConstructor()
          && method.params().size() == 1
          && method.params().get(0).type.tsym == type) {
        constructor = "new " + type.name;
      }
    }
    return constructor;
  }
}
