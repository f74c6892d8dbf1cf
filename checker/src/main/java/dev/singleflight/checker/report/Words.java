package dev.singleflight.checker.report;

import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Atom;
import java.util.LinkedHashSet;
import java.util.Set;

/** How findings put things. */
public final class Words {
  private static final int MAX_LENGTH = 60;

  private Words() {}

  /** The way by which a value came, nearest to its origin first: {@code request → tenant}. */
  public static String path(Atom atom) {
    Set<String> stations = new LinkedHashSet<>();
    stations.add(atom.words());
    for (Symbol symbol : atom.trail()) {
      stations.add(symbol instanceof MethodSymbol ? symbol.name + "(…)" : symbol.name.toString());
    }
    return String.join(" → ", stations);
  }

  /** A variable by its name, a method by its name and that of its type. */
  public static String name(Symbol symbol) {
    return symbol instanceof MethodSymbol
        ? symbol.owner.name + "." + symbol.name + "()"
        : symbol.name.toString();
  }

  /** Source on one line, cut where it is long. */
  public static String source(Tree tree) {
    if (tree instanceof VariableTree variable) {
      return variable.getName().toString();
    }
    String line = tree.toString().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }
}
