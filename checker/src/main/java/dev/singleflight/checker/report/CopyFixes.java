package dev.singleflight.checker.report;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.effects.Mutation;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern COPY_METHOD = Pattern.compile("copy|deepCopy");

  /** What a copy constructor calls its parameter. */
  private static final Pattern OTHER =
      Pattern.compile("other|that|original|source|src|from|toCopy|copy|prototype|template");

  private CopyFixes() {}

  /** Copies the result where it is put into the variable that is changed. */
  public static Optional<SuggestedFix> before(
      Mutation mutation, Member member, VisitorState state) {
    if (!(mutation.object() instanceof Named named)
        || named.value() instanceof Named
        || !(member.declaration(named.symbol()) instanceof VariableTree declaration)
        || !(declaration.getInitializer() instanceof MethodInvocationTree result)
        || member.definitions(named.symbol()).size() != 1
        || mayBeNull(named.symbol(), member)) {
      return Optional.empty();
    }
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
    @Nullable Symbol from = Symbols.enclosingPackage(member.type());
    String method = copyMethod(symbol, from);
    if (method != null) {
      return Optional.of(SuggestedFix.replace(result, source + "." + method + "()"));
    }
    String name = state.getSourceForNode(declaration.getType());
    return name == null || name.equals("var") || !hasCopyConstructor(symbol, from)
        ? Optional.empty()
        : Optional.of(SuggestedFix.replace(result, "new " + name + "(" + source + ")"));
  }

  /** Whether the code asks if a variable is null: a copy of null would fail. */
  private static boolean mayBeNull(VarSymbol variable, Member member) {
    boolean[] asked = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBinary(BinaryTree node, @Nullable Void unused) {
        asked[0] |= isAsked(node.getLeftOperand(), node.getRightOperand());
        asked[0] |= isAsked(node.getRightOperand(), node.getLeftOperand());
        return super.visitBinary(node, null);
      }

      private boolean isAsked(ExpressionTree value, ExpressionTree other) {
        return other.getKind() == Tree.Kind.NULL_LITERAL
            && value instanceof IdentifierTree
            && Symbols.variable(value) == variable;
      }
    }.scan(member.tree(), null);
    return asked[0];
  }

  private static @Nullable String copyMethod(ClassSymbol type, @Nullable Symbol from) {
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && COPY_METHOD.matcher(method.name).matches()
          && !method.isStatic()
          && method.params().isEmpty()
          && method.getReturnType().tsym == type
          && isUsable(method, from)) {
        return method.name.toString();
      }
    }
    return null;
  }

  /** A constructor that takes another of the class and calls it so: a decorator does not. */
  private static boolean hasCopyConstructor(ClassSymbol type, @Nullable Symbol from) {
    if ((type.flags() & Flags.ABSTRACT) != 0 || type.hasOuterInstance()) {
      return false;
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && method.isConstructor()
          && method.params().size() == 1
          && method.params().get(0).type.tsym == type
          && OTHER.matcher(method.params().get(0).name).matches()
          && isUsable(method, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsable(MethodSymbol method, @Nullable Symbol from) {
    boolean visible =
        (method.flags() & Flags.PUBLIC) != 0 || Symbols.enclosingPackage(method) == from;
    return visible && !Symbols.isPrivate(method) && method.getThrownTypes().isEmpty();
  }
}
