package dev.singleflight.checker.inputs;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of a method pass for a parameter that a key omits, beside what they pass for the
 * key: always the same, or something that belongs to the key, or now this and now that.
 */
final class CallerArguments {
  private static final int MAX_CALLS = 50;

  private final Inputs inputs;
  private final Program program;

  CallerArguments(Inputs inputs, Program program) {
    this.inputs = inputs;
    this.program = program;
  }

  /** What is known of two values that the callers of a method give to it. */
  enum Verdict {
    /** Callers with the same key pass the same, as far as can be seen. */
    TOLD,
    UNKNOWN,
    /** Those that can be seen pass the same; others may not. */
    SAME,
    /** Callers ask with different constants. */
    DIFFERENT
  }

  private record Call(ExpressionTree tree, Member member) {}

  Verdict of(MethodSymbol method, VarSymbol omitted, Set<VarSymbol> key) {
    List<Call> calls = calls(method);
    boolean open = !isNarrow(method);
    if (calls.isEmpty() || calls.size() > MAX_CALLS) {
      return calls.isEmpty() && !open ? Verdict.TOLD : Verdict.UNKNOWN;
    }
    Set<Optional<Object>> constants = new HashSet<>();
    Set<Set<Atom>> settings = new HashSet<>();
    int fixed = 0;
    int belonging = 0;
    for (Call call : calls) {
      Term given = argument(call, method, omitted);
      if (given == null) {
        continue;
      }
      Set<Atom> atoms = inputs.atoms(given);
      if (Terms.value(given) instanceof Const known) {
        constants.add(Optional.ofNullable(known.value()));
        fixed++;
      } else if (!atoms.isEmpty() && atoms.stream().allMatch(Atom::isConfiguration)) {
        settings.add(atoms);
        fixed++;
      } else if (belongs(atoms, call, method, key)) {
        belonging++;
      }
    }
    if (constants.size() > 1) {
      return Verdict.DIFFERENT;
    }
    boolean same = constants.size() + settings.size() <= 1;
    if (!same || belonging + fixed < calls.size()) {
      return Verdict.UNKNOWN;
    }
    return open && fixed > 0 ? Verdict.SAME : Verdict.TOLD;
  }

  /** Whether what is passed comes from where the key comes from: an order's id, and the order. */
  private boolean belongs(Set<Atom> atoms, Call call, MethodSymbol method, Set<VarSymbol> key) {
    for (VarSymbol parameter : key) {
      Term given = argument(call, method, parameter);
      Set<Atom> known = given == null ? Set.of() : inputs.atoms(given);
      for (Atom atom : atoms) {
        if (known.stream().anyMatch(k -> k.root() == atom.root() && isOne(atom.root()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A thing that was passed or found, and not the object or method in whose code this is. */
  private static boolean isOne(Symbol root) {
    return root instanceof VarSymbol && !Symbols.isField(root);
  }

  private @Nullable Term argument(Call call, MethodSymbol method, VarSymbol parameter) {
    int index = method.params().indexOf(parameter);
    List<? extends ExpressionTree> arguments =
        call.tree() instanceof MethodInvocationTree invocation
            ? invocation.getArguments()
            : List.of();
    return index < 0 || index >= arguments.size()
        ? null
        : inputs.evaluate(arguments.get(index), inputs.scope(call.member()));
  }

  private List<Call> calls(MethodSymbol method) {
    List<Call> calls = new ArrayList<>();
    if (Symbols.isPrivate(method)) {
      for (Use use : inputs.sources().callsOf(method)) {
        Member member = inputs.sources().member(use.root(), method);
        if (member != null && use.tree() instanceof ExpressionTree tree) {
          calls.add(new Call(tree, member));
        }
      }
    } else {
      program.callers(method).forEach(call -> calls.add(new Call(call.tree(), call.member())));
    }
    calls.removeIf(call -> Objects.equals(declaration(call.member()), method));
    return calls;
  }

  private static @Nullable MethodSymbol declaration(Member member) {
    Tree tree = member.tree();
    return Symbols.method(tree);
  }

  /** Whether those who may call a method are few: its class, its package, its subclasses. */
  private static boolean isNarrow(MethodSymbol method) {
    return !Symbols.isPublic(method)
        && (Symbols.enclosingClass(method).flags() & Flags.INTERFACE) == 0;
  }
}
