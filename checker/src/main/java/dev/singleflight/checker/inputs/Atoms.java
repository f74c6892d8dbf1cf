package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Atom.Loss;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Decided;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a term is made of, as a set of atoms. */
final class Atoms {
  private static final ImmutableSet<String> CALENDARS =
      ImmutableSet.of("java.util.Date", "java.util.GregorianCalendar");

  private Atoms() {}

  static ImmutableSet<Atom> of(Term term) {
    if (term instanceof Var variable) {
      return ImmutableSet.of(Atom.root(variable.symbol(), Nature.PLAIN));
    }
    if (term instanceof Self self) {
      return ImmutableSet.of(Atom.root(self.type(), Nature.PLAIN));
    }
    if (term instanceof Field field) {
      if (field.receiver() == null) {
        return ImmutableSet.of(Atom.root(field.symbol(), Nature.PLAIN));
      }
      if (Symbols.isWrapped(field.symbol())) {
        return of(field.receiver());
      }
      Step step = new Step("." + field.symbol().name, field.symbol(), false, field.symbol().type);
      return map(of(field.receiver()), atom -> atom.step(step));
    }
    if (term instanceof Named named) {
      return map(of(named.value()), atom -> atom.through(named.symbol()));
    }
    if (term instanceof Returned returned) {
      return map(of(returned.value()), atom -> atom.through(returned.method()));
    }
    if (term instanceof Decided decided) {
      ImmutableSet<Atom> atoms = of(decided.value());
      for (Term by : decided.by()) {
        atoms = union(atoms, map(of(by), Deciders.isBoolean(by) ? Atom::mixed : Atom::deciding));
      }
      return atoms;
    }
    if (term instanceof Call call) {
      return ofCall(call);
    }
    if (term instanceof Op op && op.kind() == Kind.COUNT) {
      return map(all(op.operands()), atom -> atom.of(Nature.COUNTER));
    }
    if (term instanceof New object) {
      return CALENDARS.contains(object.type().getQualifiedName().toString())
              && object.arguments().isEmpty()
          ? ImmutableSet.of(Atom.root(object.type(), Nature.CLOCK))
          : map(all(object.arguments()), Atom::mixed);
    }
    if (term instanceof Op op && Terms.isComparison(op)) {
      return map(all(op.operands()), atom -> atom.losing(Loss.PART).mixed());
    }
    if (term instanceof Op op
        && op.tree() instanceof ArrayAccessTree
        && Terms.value(op.operands().get(1)) instanceof Const index) {
      String name = "[" + index.value() + "]";
      return map(
          of(op.operands().get(0)), atom -> atom.step(new Step(name, atom.root(), false, null)));
    }
    VarSymbol element =
        term instanceof Op op && op.kind() == Kind.ELEMENT ? element(op.tree()) : null;
    if (element != null) {
      return map(of(Terms.children(term).get(0)), atom -> atom.step(Step.element(element)));
    }
    if (term instanceof Op op && Losses.blurs(op)) {
      return map(all(op.operands()), atom -> atom.losing(Loss.BLURRED).mixed());
    }
    boolean keepsShape =
        term instanceof Op op
            && (op.kind() == Kind.ELEMENT || op.kind() == Kind.BOX || op.kind() == Kind.CHOICE);
    ImmutableSet<Atom> children = all(Terms.children(term));
    return keepsShape ? children : map(children, Atom::mixed);
  }

  private static ImmutableSet<Atom> ofCall(Call call) {
    MethodSymbol method = call.method();
    Nature nature = Functions.natureOf(method);
    ImmutableSet<Atom> arguments = map(all(call.arguments()), Atom::mixed);
    ImmutableSet<Atom> receiver = call.receiver() == null ? ImmutableSet.of() : of(call.receiver());
    switch (nature) {
      case TRANSPARENT -> {
        ImmutableSet<Atom> whole =
            call.arguments().size() == 1 && receiver.isEmpty()
                ? all(call.arguments())
                : union(receiver, arguments);
        return Losses.blurs(method) ? map(whole, atom -> atom.losing(Loss.BLURRED)) : whole;
      }
      case HASH -> {
        return map(union(receiver, arguments), atom -> atom.losing(Loss.HASH));
      }
      case PART -> {
        return map(union(receiver, arguments), atom -> atom.losing(Loss.PART));
      }
      case CLOCK, COARSE_CLOCK, RANDOM, IDENTITY -> {
        return ImmutableSet.of(Atom.root(method, nature));
      }
      case COUNTER -> {
        return map(receiver, atom -> atom.of(Nature.COUNTER));
      }
      case THREAD_BOUND -> {
        // a thread-local is told by the variable that holds it, a holder by its method
        ImmutableSet<Atom> bound =
            receiver.isEmpty()
                ? ImmutableSet.of(Atom.root(method, Nature.THREAD_BOUND))
                : map(receiver, atom -> atom.of(Nature.THREAD_BOUND));
        Step step = new Step(arguments(call), method, !arguments.isEmpty(), method.getReturnType());
        return call.arguments().isEmpty()
            ? bound
            : union(map(bound, atom -> atom.step(step)), arguments);
      }
      default -> {
        if (call.receiver() == null && Losses.blurs(method)) {
          return map(arguments, atom -> atom.losing(Loss.BLURRED));
        }
        if (call.receiver() == null) {
          return arguments.isEmpty() ? ImmutableSet.of(Atom.root(method, Nature.PLAIN)) : arguments;
        }
        Step step =
            new Step(
                "." + method.name + arguments(call),
                method,
                !arguments.isEmpty(),
                Stability.typeOf(call));
        return union(map(receiver, atom -> atom.step(step)), arguments);
      }
    }
  }

  /** The variable that holds one element after another; null where an element is just taken. */
  private static @Nullable VarSymbol element(@Nullable Tree at) {
    return at instanceof EnhancedForLoopTree loop
        ? Symbols.variable(loop.getVariable())
        : at instanceof VariableTree parameter ? Symbols.variable(parameter) : null;
  }

  private static String arguments(Call call) {
    StringBuilder words = new StringBuilder("(");
    for (Term argument : call.arguments()) {
      if (words.length() > 1) {
        words.append(", ");
      }
      Term value = Terms.value(argument);
      if (value instanceof Const known) {
        words.append(known.value() instanceof String s ? '"' + s + '"' : known.value());
      } else {
        words.append('…');
      }
    }
    return words.append(')').toString();
  }

  private static ImmutableSet<Atom> all(List<Term> terms) {
    Set<Atom> all = new LinkedHashSet<>();
    terms.forEach(term -> all.addAll(of(term)));
    return ImmutableSet.copyOf(all);
  }

  private static ImmutableSet<Atom> union(ImmutableSet<Atom> left, ImmutableSet<Atom> right) {
    return ImmutableSet.<Atom>builder().addAll(left).addAll(right).build();
  }

  private static ImmutableSet<Atom> map(ImmutableSet<Atom> atoms, UnaryOperator<Atom> function) {
    List<Atom> mapped = new ArrayList<>();
    atoms.forEach(atom -> mapped.add(function.apply(atom)));
    return ImmutableSet.copyOf(mapped);
  }
}
