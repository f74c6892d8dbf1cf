package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCIdent;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.TreeScanner;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;

/** What code does by itself with a cache or map in a field; cheap to ask of a whole file. */
public final class CacheUses {
  private static final ImmutableSet<String> DROPS =
      ImmutableSet.of("remove", "invalidate", "invalidateAll", "evict", "clear");

  /** After these all entries are still there. */
  private static final ImmutableSet<String> KEEPS =
      ImmutableSet.of(
          "get",
          "getOrDefault",
          "getIfPresent",
          "getUnchecked",
          "containsKey",
          "size",
          "isEmpty",
          "put",
          "putIfAbsent",
          "computeIfAbsent",
          "forEach");

  private static final ImmutableSet<String> LOADS =
      ImmutableSet.of("computeIfAbsent", "compute", "merge", "load");

  /** What these give tells nobody what an entry holds. */
  private static final ImmutableSet<String> FILLS =
      ImmutableSet.of(
          "put",
          "putAll",
          "set",
          "remove",
          "clear",
          "invalidate",
          "invalidateAll",
          "size",
          "isEmpty");

  private CacheUses() {}

  /** Whether methods of maps and caches that look, put, load or drop are called so. */
  static boolean isOfStore(String method) {
    return KEEPS.contains(method) || LOADS.contains(method) || DROPS.contains(method);
  }

  /** The calls in a member that drop entries of what a field holds. */
  public static List<MethodInvocationTree> drops(VarSymbol field, Member member) {
    return drops(field, member.invocations());
  }

  /** Those of some calls that do. */
  public static List<MethodInvocationTree> drops(
      VarSymbol field, Iterable<MethodInvocationTree> calls) {
    List<MethodInvocationTree> drops = new ArrayList<>();
    for (MethodInvocationTree call : calls) {
      MethodSymbol method = Symbols.method(call);
      ExpressionTree receiver = Symbols.receiver(call);
      if (method != null
          && receiver != null
          && DROPS.contains(method.name.toString())
          && Symbols.variable(Symbols.strip(receiver)) == field) {
        drops.add(call);
      }
    }
    return drops;
  }

  /** Whether members only look and put: whatever else they did could drop an entry. */
  public static boolean onlyGrows(VarSymbol field, List<Member> members) {
    return areAll(KEEPS, field, members);
  }

  /** Whether members only fill it: nobody is ever given what was put. */
  public static boolean onlyFills(VarSymbol field, Iterable<Member> members) {
    return areAll(FILLS, field, members);
  }

  private static boolean areAll(
      ImmutableSet<String> methods, VarSymbol field, Iterable<Member> members) {
    for (Member member : members) {
      Tree tree = member.tree();
      if (tree instanceof VariableTree declared && Symbols.variable(declared) == field) {
        continue;
      }
      Uses uses = new Uses(field, methods);
      uses.scan((JCTree) tree);
      if (uses.others) {
        return false;
      }
    }
    return true;
  }

  private static final class Uses extends TreeScanner {
    private final VarSymbol field;
    private final ImmutableSet<String> methods;
    private boolean others;

    Uses(VarSymbol field, ImmutableSet<String> methods) {
      this.field = field;
      this.methods = methods;
    }

    @Override
    public void visitApply(JCMethodInvocation node) {
      boolean known =
          node.meth instanceof JCFieldAccess select
              && Symbols.variable(select.selected) == field
              && methods.contains(select.name.toString());
      if (known) {
        scan(node.args);
      } else {
        super.visitApply(node);
      }
    }

    @Override
    public void visitIdent(JCIdent node) {
      others |= node.sym == field;
    }

    @Override
    public void visitSelect(JCFieldAccess node) {
      others |= node.sym == field;
      super.visitSelect(node);
    }

    @Override
    public void visitAssign(JCTree.JCAssign node) {
      if (Symbols.variable(node.lhs) != field) {
        super.visitAssign(node);
      } else {
        scan(node.rhs);
      }
    }
  }
}
