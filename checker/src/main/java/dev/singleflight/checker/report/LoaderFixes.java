package dev.singleflight.checker.report;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Edits of a call's loader. */
public final class LoaderFixes {
  private LoaderFixes() {}

  /**
   * Has a lambda load by the key it is given: {@code () -> load(ids[i])} becomes {@code key ->
   * load(key)}, where it reads once, of the type that the group's keys have, what the key was made
   * of.
   */
  public static Optional<SuggestedFix> byKey(Site site, VisitorState state) {
    if (site.keys().size() != 1
        || !(site.keys().get(0) instanceof ExpressionTree key)
        || !(site.loader() instanceof LambdaExpressionTree loader)
        || loader.getParameters().size() > 1
        || !isKeyType(site, Symbols.typeOf(key), state)) {
      return Optional.empty();
    }
    List<Tree> uses = new ArrayList<>();
    Set<String> names = new HashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree node, @Nullable Void unused) {
        if (node != null && node.toString().equals(key.toString())) {
          uses.add(node);
          return null;
        }
        return super.scan(node, null);
      }
    }.scan(loader.getBody(), null);
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        names.add(node.getName().toString());
        return null;
      }

      @Override
      public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
        names.add(node.getName().toString());
        return super.visitVariable(node, null);
      }
    }.scan(site.member().tree(), null);
    if (uses.size() != 1) {
      return Optional.empty();
    }
    if (loader.getParameters().size() == 1) {
      String parameter = loader.getParameters().get(0).getName().toString();
      return Optional.of(SuggestedFix.replace(uses.get(0), parameter));
    }
    String name = names.contains("key") ? "k" : "key";
    String source = state.getSourceForNode(loader);
    if (names.contains(name) || source == null || !source.startsWith("()")) {
      return Optional.empty();
    }
    return Optional.of(
        SuggestedFix.builder()
            .replace(start(loader), start(loader) + "()".length(), name)
            .replace(uses.get(0), name)
            .build());
  }

  private static int start(Tree tree) {
    return ASTHelpers.getStartPosition(tree);
  }

  /** Whether the group's keys are of the very type that the key given has. */
  private static boolean isKeyType(Site site, @Nullable Type given, VisitorState state) {
    ExpressionTree group = site.group();
    Type type = group == null ? null : Symbols.typeOf(group);
    if (type == null || given == null || type.getTypeArguments().isEmpty()) {
      return false;
    }
    Type boxed = given.isPrimitive() ? state.getTypes().boxedTypeOrType(given) : given;
    return state.getTypes().isSameType(type.getTypeArguments().get(0), boxed);
  }
}
