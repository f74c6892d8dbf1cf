package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Symbols;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a value is made of: a root and the way from it, as in {@code
 * request.getUser().id}.
 *
 * <p>Two atoms are equal when they are read from the same place, whatever the variables were called
 * on the way.
 */
public final class Atom {
  private static final int MAX_PATH = 5;
  private static final int MAX_TRAIL = 12;

  private final Symbol root;
  private final ImmutableList<Step> path;
  private final Nature nature;
  private final Loss loss;
  private final ImmutableList<Symbol> trail;

  /** Mixed into another value: what is read from that one is not read from this. */
  private final boolean mixed;

  private Atom(
      Symbol root,
      ImmutableList<Step> path,
      Nature nature,
      Loss loss,
      ImmutableList<Symbol> trail,
      boolean mixed) {
    this.root = root;
    this.path = path;
    this.nature = nature;
    this.loss = loss;
    this.trail = trail;
    this.mixed = mixed;
  }

  static Atom root(Symbol symbol, Nature nature) {
    return new Atom(symbol, ImmutableList.of(), nature, Loss.NONE, ImmutableList.of(), false);
  }

  /**
   * One step of the way from the root.
   *
   * @param name the field's or accessor's, with constant arguments
   * @param dependent whether arguments that are no constants take part
   */
  public record Step(String name, Symbol symbol, boolean dependent, @Nullable Type type) {
    /** To the element that a loop's variable, or a callback's parameter, holds in turn. */
    static Step element(VarSymbol variable) {
      return new Step("[" + variable.name + "]", variable, false, variable.type);
    }

    private boolean isElement() {
      return name.startsWith("[") && symbol instanceof VarSymbol;
    }
  }

  /** What of a value did not get through. */
  public enum Loss {
    NONE,
    /** Case, spaces around it, a fraction: values that are alike may become equal. */
    BLURRED,
    PART,
    HASH
  }

  /** A parameter, local or static field; the class whose instance it is read from; a method. */
  public Symbol root() {
    return root;
  }

  public ImmutableList<Step> path() {
    return path;
  }

  public Nature nature() {
    return nature;
  }

  public Loss loss() {
    return loss;
  }

  /** The variables and helpers the value came through, the nearest to the root first. */
  public ImmutableList<Symbol> trail() {
    return trail;
  }

  /** Read from a field of the object whose code this is, or from a static one. */
  public boolean isConfiguration() {
    return nature == Nature.PLAIN && (root instanceof ClassSymbol || Symbols.isField(root));
  }

  Atom step(Step step) {
    return mixed || path.size() >= MAX_PATH
        ? this
        : new Atom(root, append(path, step), nature, loss, trail, false);
  }

  Atom through(Symbol symbol) {
    return trail.size() >= MAX_TRAIL || trail.contains(symbol)
        ? this
        : new Atom(root, path, nature, loss, append(trail, symbol), mixed);
  }

  Atom losing(Loss newLoss) {
    return loss.compareTo(newLoss) >= 0
        ? this
        : new Atom(root, path, nature, newLoss, trail, mixed);
  }

  Atom of(Nature newNature) {
    return new Atom(root, path, newNature, loss, trail, mixed);
  }

  /** Without steps to one element of a collection, from the first that has been left on. */
  Atom outside(Predicate<Symbol> left) {
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).isElement() && left.test(path.get(i).symbol())) {
        return new Atom(root, path.subList(0, i), nature, loss, trail, true);
      }
    }
    return this;
  }

  /** Decides between values: of what it holds no more is told than that. */
  Atom deciding() {
    return new Atom(root, path, nature, Loss.PART, trail, true);
  }

  Atom mixed() {
    return mixed ? this : new Atom(root, path, nature, loss, trail, true);
  }

  private static <T> ImmutableList<T> append(ImmutableList<T> list, T last) {
    return ImmutableList.<T>builder().addAll(list).add(last).build();
  }

  /** Whether whoever knows this atom knows {@code other}, which is read from it or is the same. */
  public boolean covers(Atom other) {
    boolean partOnly = loss == Loss.PART && other.loss != Loss.PART;
    if (root != other.root || partOnly || path.size() > other.path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!path.get(i).name().equals(other.path.get(i).name())) {
        return false;
      }
    }
    return true;
  }

  /** Whether two atoms are read from the same place, though perhaps not as much of it. */
  boolean isReadWhere(Atom other) {
    return root == other.root && nature == other.nature && names().equals(other.names());
  }

  /** As a reader would write it: {@code request.getHeader("X-Tenant")}. */
  public String words() {
    String start = root instanceof ClassSymbol ? "this" : root.name.toString();
    if (root instanceof MethodSymbol) {
      start = root.owner.name + "." + root.name + "()";
    } else if (ASTHelpers.isStatic(root)) {
      start = root.owner.name + "." + root.name;
    }
    return path.stream().map(Step::name).collect(Collectors.joining("", start, ""));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Atom other
        && root == other.root
        && nature == other.nature
        && loss == other.loss
        && names().equals(other.names());
  }

  @Override
  public int hashCode() {
    return Objects.hash(root, nature, loss, names());
  }

  private ImmutableList<String> names() {
    return path.stream().map(Step::name).collect(ImmutableList.toImmutableList());
  }

  @Override
  public String toString() {
    return words();
  }
}
