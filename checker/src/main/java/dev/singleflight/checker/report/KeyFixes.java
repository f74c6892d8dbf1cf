package dev.singleflight.checker.report;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Atom;
import dev.singleflight.checker.inputs.KeyFaults.Fault;
import dev.singleflight.checker.inputs.KeyFaults.FaultKind;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Edits of a call's key. */
public final class KeyFixes {
  private KeyFixes() {}

  /**
   * Puts a variable before the key, as in {@code tenant + ":" + name}: where the key is a string,
   * and the loader does not see the difference, because it takes no key or can name the old one.
   */
  public static Optional<SuggestedFix> prefixed(Site site, Atom atom, VisitorState state) {
    VarSymbol variable = inScope(atom, site);
    if (variable == null
        || site.keys().size() != 1
        || !(site.keys().get(0) instanceof ExpressionTree key)) {
      return Optional.empty();
    }

    String source = state.getSourceForNode(key);
    boolean text = Symbols.qualifiedName(Symbols.typeOf(key)).equals("java.lang.String");
    if (!text || source == null || !(site.loader() instanceof LambdaExpressionTree loader)) {
      return Optional.empty();
    }
    SuggestedFix.Builder fix = SuggestedFix.builder();
    for (Tree use : usesOfKey(loader)) {
      if (!isEffectivelyFinal(key)) {
        return Optional.empty();
      }
      fix.replace(use, source);
    }
    boolean atomic =
        Symbols.strip(key) instanceof IdentifierTree
            || ASTHelpers.constValue(key) != null
            || key instanceof BinaryTree
            || key instanceof MethodInvocationTree;
    fix.replace(key, variable.name + " + \":\" + " + (atomic ? source : "(" + source + ")"));
    return Optional.of(fix.build());
  }

  /**
   * Mends a key at its fault: drops an unstable operand of a concatenation with the separator
   * before it, and puts the values themselves in place of their hash where any key will do.
   */
  public static Optional<SuggestedFix> without(Site site, Fault fault, VisitorState state) {
    if (fault.kind() == FaultKind.LOSSY) {
      return unhashed(site, fault, state);
    }
    Tree part = fault.part();
    Tree parent = part == null ? null : site.member().parent(part);
    if (fault.kind() != FaultKind.NEVER_EQUAL
        || !(parent instanceof BinaryTree concatenation)
        || concatenation.getKind() != Tree.Kind.PLUS
        || concatenation.getRightOperand() != part
        || !Symbols.qualifiedName(Symbols.typeOf(concatenation)).equals("java.lang.String")) {
      return Optional.empty();
    }
    if (site.member().parent(concatenation) instanceof AssignmentTree) {
      return Optional.empty(); // what is left may be the variable itself
    }
    ExpressionTree rest = concatenation.getLeftOperand();
    if (Symbols.strip(rest) instanceof BinaryTree before
        && before.getKind() == Tree.Kind.PLUS
        && before.getRightOperand() instanceof LiteralTree
        && Symbols.qualifiedName(Symbols.typeOf(before.getLeftOperand()))
            .equals("java.lang.String")) {
      rest = before.getLeftOperand();
    }
    String source = state.getSourceForNode(rest);
    boolean text = Symbols.qualifiedName(Symbols.typeOf(rest)).equals("java.lang.String");
    return source == null || !text || rest instanceof LiteralTree
        ? Optional.empty()
        : Optional.of(SuggestedFix.replace(concatenation, source));
  }

  /** {@code Objects.hash(a, b)} becomes {@code List.of(a, b)} where the group takes any key. */
  private static Optional<SuggestedFix> unhashed(Site site, Fault fault, VisitorState state) {
    ExpressionTree group = site.group();
    Type type = group == null ? null : Symbols.typeOf(group);
    boolean anyKey =
        type != null
            && !type.getTypeArguments().isEmpty()
            && Symbols.qualifiedName(type.getTypeArguments().get(0)).equals("java.lang.Object");
    if (!anyKey
        || !(fault.part() instanceof MethodInvocationTree hash)
        || site.keys().stream()
            .noneMatch(key -> key instanceof ExpressionTree e && Symbols.strip(e) == hash)
        || !(Symbols.of(hash) instanceof MethodSymbol method)
        || !method.name.contentEquals("hash")) {
      return Optional.empty();
    }
    String values =
        hash.getArguments().stream().map(state::getSourceForNode).collect(Collectors.joining(", "));
    return Optional.of(
        SuggestedFix.builder()
            .addImport("java.util.List")
            .replace(hash, "List.of(" + values + ")")
            .build());
  }

  /** A parameter or effectively final local that can be named where the call stands. */
  private static @Nullable VarSymbol inScope(Atom atom, Site site) {
    List<Symbol> candidates = new ArrayList<>(atom.trail().reverse());
    if (atom.path().isEmpty()) {
      candidates.add(atom.root());
    }
    for (Symbol candidate : candidates) {
      if (candidate instanceof VarSymbol variable
          && !Symbols.isField(variable)
          && isValue(variable.type)
          && site.loader() != null
          && site.member().isDeclaredOutside(variable, site.loader())) {
        return variable;
      }
    }
    return null;
  }

  private static boolean isValue(Type type) {
    return type.isPrimitive()
        || Symbols.qualifiedName(type).startsWith("java.lang.")
        || Symbols.qualifiedName(type).equals("java.util.UUID");
  }

  private static boolean isEffectivelyFinal(ExpressionTree key) {
    VarSymbol variable =
        Symbols.strip(key) instanceof IdentifierTree name ? Symbols.variable(name) : null;
    return variable != null && Symbols.isFinal(variable);
  }

  /** Where a lambda names its first parameter. */
  private static List<Tree> usesOfKey(LambdaExpressionTree loader) {
    List<Tree> uses = new ArrayList<>();
    if (!loader.getParameters().isEmpty()) {
      Symbol parameter = Symbols.of(loader.getParameters().get(0));
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
          if (Symbols.of(node) == parameter) {
            uses.add(node);
          }
          return null;
        }
      }.scan(loader.getBody(), null);
    }
    return uses;
  }
}
