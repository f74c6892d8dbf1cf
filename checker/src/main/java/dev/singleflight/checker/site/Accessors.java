package dev.singleflight.checker.site;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.tree.JCTree.JCExpression;
import com.sun.tools.javac.tree.JCTree.JCExpressionStatement;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCMethodDecl;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCReturn;
import com.sun.tools.javac.tree.JCTree.JCStatement;
import com.sun.tools.javac.tree.TreeInfo;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Memoizers whose map stands in another class, which only gives out and takes in: {@code return
 * cached.get(key)}, {@code cached.put(key, value)}. Who calls both looks, loads and puts.
 */
final class Accessors {
  private final MemoMethods memos;
  private final Map<VarSymbol, MethodSymbol> getters = new HashMap<>();
  private final Map<VarSymbol, MethodSymbol> setters = new HashMap<>();

  Accessors(MemoMethods memos) {
    this.memos = memos;
  }

  /**
   * Takes note of a method that does nothing but look for an entry of a field's map, or put one.
   */
  void see(JCMethodDecl method) {
    if (method.body == null || method.body.stats.size() != 1) {
      return;
    }
    JCStatement only = method.body.stats.head;
    JCExpression does =
        only instanceof JCReturn result
            ? result.expr
            : only instanceof JCExpressionStatement statement ? statement.expr : null;
    if (does instanceof JCMethodInvocation call
        && call.meth instanceof JCFieldAccess select
        && TreeInfo.symbol(call.meth) instanceof MethodSymbol called
        && TreeInfo.symbol(select.selected) instanceof VarSymbol field
        && Symbols.isField(field)) {
      if (only instanceof JCReturn && memos.looksUp(called)) {
        getters.put(field, method.sym);
      } else if (memos.puts(called)) {
        setters.put(field, method.sym);
      }
    }
  }

  /** The fields that somebody both looks in and puts to, each with those who do. */
  Map<VarSymbol, Set<Symbol>> memoizers(Function<MethodSymbol, List<Symbol>> callers) {
    Map<VarSymbol, Set<Symbol>> found = new HashMap<>();
    getters.forEach(
        (field, getter) -> {
          @Nullable MethodSymbol setter = setters.get(field);
          if (setter != null) {
            Set<Symbol> both = new HashSet<>(callers.apply(getter));
            both.retainAll(new HashSet<>(callers.apply(setter)));
            if (!both.isEmpty()) {
              found.put(field, both);
            }
          }
        });
    return found;
  }
}
