package dev.singleflight.checker.source;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs when an abstract method is called, where only one class of the javac call implements
 * it. The classes are looked through once, when something is first asked for.
 */
public final class Implementations {
  private static final Context.Key<Implementations> KEY = new Context.Key<>();

  private final Sources sources;
  private final Symtab symtab;
  private final Types types;
  private @Nullable ListMultimap<ClassSymbol, ClassSymbol> bySupertype;

  private Implementations(VisitorState state) {
    this.sources = Sources.of(state);
    this.symtab = state.getSymtab();
    this.types = state.getTypes();
  }

  public static Implementations of(VisitorState state) {
    Implementations implementations = state.context.get(KEY);
    if (implementations == null) {
      implementations = new Implementations(state);
      state.context.put(KEY, implementations);
    }
    return implementations;
  }

  /** The one implementation of an abstract method with source; otherwise the method itself. */
  public MethodSymbol resolve(MethodSymbol method) {
    if ((method.flags() & Flags.ABSTRACT) == 0
        || !(method.owner instanceof ClassSymbol type)
        || sources.classTree(type) == null) {
      return method;
    }
    List<ClassSymbol> concrete = bySupertype().get(type);
    MethodSymbol only =
        concrete.size() == 1 ? method.implementation(concrete.get(0), types, true) : null;
    return only == null ? method : only;
  }

  private ListMultimap<ClassSymbol, ClassSymbol> bySupertype() {
    ListMultimap<ClassSymbol, ClassSymbol> known = bySupertype;
    if (known != null) {
      return known;
    }
    List<ClassSymbol> concrete = new ArrayList<>();
    for (ClassSymbol type : symtab.getAllClasses()) {
      boolean abstractType = (type.flags_field & (Flags.ABSTRACT | Flags.INTERFACE)) != 0;
      if (type.sourcefile != null && type.type != null && !abstractType) {
        concrete.add(type);
      }
    }
    known = ArrayListMultimap.create();
    for (ClassSymbol type : concrete) {
      if (sources.classTree(type) == null) {
        continue;
      }
      for (Type supertype : types.closure(type.type)) {
        if (supertype.tsym != type && supertype.tsym instanceof ClassSymbol symbol) {
          known.put(symbol, type);
        }
      }
    }
    bySupertype = known;
    return known;
  }
}
