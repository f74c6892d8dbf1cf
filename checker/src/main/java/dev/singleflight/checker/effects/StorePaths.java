package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which store a term is: the fields by which it is reached from the object whose code it is. The
 * same store that a constructor gave to several objects has one path, wherever it is used.
 */
public final class StorePaths {
  private static final int MAX_DEPTH = 8;

  private final Inputs inputs;
  private final StoreTypes types;
  private final Program program;

  /** For a field that constructors are given a store for: the path of that store where it is. */
  private final Map<VarSymbol, ImmutableList<Object>> given = new HashMap<>();

  private final Set<VarSymbol> ambiguous = new HashSet<>();
  private final Set<Member> known = new HashSet<>();

  StorePaths(VisitorState state, Inputs inputs, StoreTypes types) {
    this.inputs = inputs;
    this.types = types;
    this.program = Program.of(state);
  }

  /** The path to a store; null where it cannot be told which it is. */
  public @Nullable ImmutableList<Object> of(@Nullable Term store) {
    learn();
    ImmutableList<Object> path = path(store, 0);
    for (int i = 0; path != null && i < MAX_DEPTH; i++) {
      ImmutableList<Object> resolved = resolved(path);
      if (resolved == null) {
        break;
      }
      path = resolved;
    }
    return path == null || path.isEmpty() ? null : path;
  }

  /** Whether {@code used}, seen from whatever object, may be {@code owned}, seen from its owner. */
  public static boolean isSame(
      @Nullable ImmutableList<Object> owned, @Nullable ImmutableList<Object> used) {
    return owned != null
        && used != null
        && used.size() >= owned.size()
        && used.subList(used.size() - owned.size(), used.size()).equals(owned);
  }

  private @Nullable ImmutableList<Object> resolved(List<Object> path) {
    for (int i = path.size() - 1; i >= 0; i--) {
      if (path.get(i) instanceof VarSymbol field && !ambiguous.contains(field)) {
        ImmutableList<Object> origin = given.get(field);
        if (origin != null && !origin.contains(field)) {
          return ImmutableList.builder()
              .addAll(origin)
              .addAll(path.subList(i + 1, path.size()))
              .build();
        }
      }
    }
    return null;
  }

  private @Nullable ImmutableList<Object> path(@Nullable Term term, int depth) {
    Term value = inputs.origin(term);
    if (value == null || value instanceof Self) {
      return ImmutableList.of();
    }
    if (depth > MAX_DEPTH) {
      return null;
    }
    if (value instanceof Field field) {
      return append(path(field.receiver(), depth + 1), field.symbol());
    }
    if (value instanceof Var variable) {
      return ImmutableList.of(variable.symbol());
    }
    if (value instanceof New object) {
      return ImmutableList.of(object.tree());
    }
    if (value instanceof Call call) {
      ImmutableList<Object> receiver = path(call.receiver(), depth + 1);
      if (StoreTypes.isView(call.method())) {
        return receiver;
      }
      ImmutableList<Object> path = append(receiver, call.method());
      for (Term argument : call.arguments()) {
        path =
            Terms.value(argument) instanceof Const known
                ? append(path, String.valueOf(known.value()))
                : path;
      }
      return path;
    }
    boolean element = value instanceof Op op && op.kind() == Kind.ELEMENT;
    return element ? append(path(((Op) value).operands().get(0), depth + 1), "[]") : null;
  }

  private static @Nullable ImmutableList<Object> append(
      @Nullable ImmutableList<Object> path, Object step) {
    return path == null ? null : ImmutableList.builder().addAll(path).add(step).build();
  }

  /** Looks at what constructors are given, in members that were not looked at yet. */
  private void learn() {
    if (known.size() == program.members().size()) {
      return;
    }
    for (Member member : program.members()) {
      if (known.add(member)) {
        member.creations().forEach(creation -> learn(creation, member));
      }
    }
  }

  private void learn(NewClassTree creation, Member member) {
    if (creation.getClassBody() != null || creation.getArguments().stream().noneMatch(this::is)) {
      return;
    }
    Term made = inputs.evaluate(creation, inputs.scope(member));
    if (!(made instanceof New object)) {
      return;
    }
    object
        .fields()
        .forEach(
            (field, value) -> {
              ImmutableList<Object> path = types.isStore(field.type) ? path(value, 0) : null;
              if (path != null && !path.isEmpty()) {
                ImmutableList<Object> other = given.putIfAbsent(field, path);
                if (other != null && !other.equals(path)) {
                  ambiguous.add(field);
                }
              }
            });
  }

  private boolean is(ExpressionTree argument) {
    return types.isStore(Symbols.typeOf(argument));
  }

  /**
   * Whether a store outlives the code that uses it: it is reached from a field, or a parameter
   * whose name says what it is; not one that the code itself made, to fill and return it.
   */
  public boolean isKept(@Nullable Term store) {
    Term value = store == null ? null : Terms.value(store);
    while (value != null) {
      if (value instanceof Field field) {
        return field.receiver() == null || !(Terms.value(field.receiver()) instanceof New);
      }
      if (value instanceof Var variable) {
        return variable.symbol().name.toString().matches("(?i).*(cache|memo).*");
      }
      Term inner =
          value instanceof Call call
              ? call.receiver()
              : value instanceof Op op && op.kind() == Kind.ELEMENT ? op.operands().get(0) : null;
      if (value instanceof Call && (inner == null || Terms.value(inner) instanceof Self)) {
        return true;
      }
      value = inner == null ? null : Terms.value(inner);
    }
    return false;
  }

  /** The last field on a path, which names the store. */
  public static @Nullable Symbol last(ImmutableList<Object> path) {
    for (int i = path.size() - 1; i >= 0; i--) {
      if (path.get(i) instanceof VarSymbol field) {
        return field;
      }
    }
    return null;
  }
}
