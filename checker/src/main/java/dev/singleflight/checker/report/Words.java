package dev.singleflight.checker.report;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Atom;
import dev.singleflight.checker.site.Site;
import java.util.LinkedHashSet;
import java.util.List;
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
    return line(tree.toString());
  }

  /** Text on one line, cut where it is long. */
  public static String line(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }

  /** The group of a call, as a reader would name it. */
  public static String group(Site site) {
    ExpressionTree group = site.group();
    return group == null ? "the group" : source(group);
  }

  /** The methods that something is done through: {@code (evict(…) → drop(…))}. */
  public static String way(List<String> way) {
    return way.isEmpty() ? "" : " (through " + String.join(" → ", way) + ")";
  }
}
