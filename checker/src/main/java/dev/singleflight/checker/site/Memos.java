package dev.singleflight.checker.site;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hand-made memoizers: code that looks for an entry of a map that is kept in a field, and later in
 * the same member puts one for the same key.
 */
final class Memos {
  private final MemoMethods methods;
  private final List<Look> looks = new ArrayList<>();
  private final Map<MethodInvocationTree, Tree> puts = new LinkedHashMap<>();

  Memos(MemoMethods methods) {
    this.methods = methods;
  }

  private record Look(VarSymbol store, String key, Tree root) {}

  /** Takes note of a call in the member {@code root}, in the order of the source. */
  void see(MethodInvocationTree call, MethodSymbol method, Tree root) {
    if (call.getArguments().isEmpty() || call.getArguments().size() > 2) {
      return;
    }
    boolean puts = methods.puts(method);
    if (!puts && !methods.looksUp(method)) {
      return;
    }
    VarSymbol store = store(call);
    if (store == null) {
      return;
    }
    Look look = new Look(store, call.getArguments().get(0).toString(), root);
    if (!puts) {
      looks.add(look);
    } else if (looks.contains(look)
        && !(Symbols.strip(call.getArguments().get(1)) instanceof LiteralTree)) {
      this.puts.put(call, root);
    }
  }

  /** The puts of memoizers with the members they stand in. */
  Map<MethodInvocationTree, Tree> found() {
    return puts;
  }

  private static @Nullable VarSymbol store(MethodInvocationTree call) {
    ExpressionTree receiver = Symbols.receiver(call);
    VarSymbol variable = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
    return variable != null && Symbols.isField(variable) ? variable : null;
  }
}
