package dev.singleflight.checker.inputs;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of a method pass for a parameter that a key omits, beside what they pass for the
 * key: always the same, or something that belongs to the key, or now this and now that.
 */
final class CallerArguments {
  private static final int MAX_CALLS = 50;

  private static final Pattern IS_NULL = Pattern.compile("\\(*[\\w.]+ [!=]= null\\)*");

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
      if (isForNoKey(key, call, method)
          || isPassedOn(call, given)
          || (Terms.value(given) instanceof Const && isChosenBy(key, call, method))) {
        belonging++;
      } else if (Terms.value(given) instanceof Const known) {
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
        if (isOne(atom.root())
            && (known.stream().anyMatch(k -> k.root() == atom.root())
                || Belonging.isSetUpOf(atom.root(), known))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether null is passed for the key: that is no entry's. */
  private boolean isForNoKey(Set<VarSymbol> key, Call call, MethodSymbol method) {
    return key.stream()
        .map(parameter -> argument(call, method, parameter))
        .anyMatch(
            given ->
                given != null
                    && Terms.value(given) instanceof Const known
                    && known.value() == null);
  }

  /** Whether it is what is passed for the key that decides which of several calls is made. */
  private boolean isChosenBy(Set<VarSymbol> key, Call call, MethodSymbol method) {
    Set<Symbol> known = new HashSet<>();
    for (VarSymbol parameter : key) {
      Term given = argument(call, method, parameter);
      inputs.atoms(given == null ? Terms.unknown(null) : given).stream()
          .map(Atom::root)
          .filter(CallerArguments::isOne)
          .forEach(known::add);
    }
    return Conditions.of(call.tree(), call.member().tree(), call.member()).stream()
        .map(Condition::expression)
        .filter(condition -> !IS_NULL.matcher(condition.toString()).matches())
        .anyMatch(condition -> !Collections.disjoint(Conditions.variables(condition), known));
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

  /** A wrapper of the same kind that passes on what it was given itself: its callers count. */
  private boolean isPassedOn(Call call, Term given) {
    MethodSymbol wrapper = declaration(call.member());
    MethodSymbol called = Symbols.method(call.tree());
    return wrapper != null
        && Terms.value(given) instanceof Var variable
        && wrapper.params().contains(variable.symbol())
        && ASTHelpers.findSuperMethods(wrapper, inputs.types()).contains(called);
  }

  private static @Nullable MethodSymbol declaration(Member member) {
    Tree tree = member.tree();
    return Symbols.method(tree);
  }

  /** Whether those who may call a method are few: its class, its package, its subclasses. */
  private static boolean isNarrow(MethodSymbol method) {
    return Symbols.isPrivate(Symbols.enclosingClass(method))
        || (!Symbols.isPublic(method)
            && (Symbols.enclosingClass(method).flags() & Flags.INTERFACE) == 0);
  }
}
