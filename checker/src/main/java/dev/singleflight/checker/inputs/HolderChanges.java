package dev.singleflight.checker.inputs;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a member changes what an array or object in a local variable holds, other than by a method
 * of its own: {@code ids[0] = x}, {@code Arrays.fill(ids, x)}, {@code in.read(buffer)}. Indexed
 * once a member, since many calls ask.
 */
final class HolderChanges {
  private static final Pattern FILLERS =
      Pattern.compile("fill|setAll|sort|parallelSort|shuffle|swap|reverse|rotate");

  private final ListMultimap<VarSymbol, ExpressionTree> changes = ArrayListMultimap.create();

  HolderChanges(Member member) {
    for (ExpressionTree assignment : member.assignments()) {
      ExpressionTree holder = Symbols.holder(target(assignment));
      add(holder == null ? null : Symbols.variable(Symbols.strip(holder)), assignment);
    }
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol method = Symbols.method(call);
      int position = method == null ? -1 : filled(method);
      if (method != null && position >= 0 && position < call.getArguments().size()) {
        VarSymbol variable = Symbols.variable(Symbols.strip(call.getArguments().get(position)));
        boolean reads = method.name.toString().startsWith("read");
        if (variable != null && (!reads || variable.type instanceof Type.ArrayType)) {
          add(variable, call);
        }
      }
    }
  }

  List<ExpressionTree> of(VarSymbol variable) {
    return changes.get(variable);
  }

  private void add(@Nullable VarSymbol variable, ExpressionTree change) {
    if (variable != null) {
      changes.put(variable, change);
    }
  }

  private static ExpressionTree target(ExpressionTree assignment) {
    if (assignment instanceof AssignmentTree simple) {
      return simple.getVariable();
    }
    if (assignment instanceof CompoundAssignmentTree compound) {
      return compound.getVariable();
    }
    return ((UnaryTree) assignment).getExpression();
  }

  /** The argument that a method fills; -1 where it fills none. */
  private static int filled(MethodSymbol method) {
    String name = method.name.toString();
    if (name.equals("read") || name.equals("readFully") || name.equals("readNBytes")) {
      return 0;
    }
    String owner = method.owner.getQualifiedName().toString();
    if (name.equals("arraycopy") && owner.equals("java.lang.System")) {
      return 2;
    }
    boolean tools = owner.equals("java.util.Arrays") || owner.equals("java.util.Collections");
    return tools && method.isStatic() && FILLERS.matcher(name).matches() ? 0 : -1;
  }
}
