package dev.singleflight.checker.source;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Which method runs when one without a body is called: that of the only class among the sources of
 * this javac call that implements its interface. With two of them nobody can tell, and a type from
 * the class path may have any number elsewhere.
 */
final class Implementations {
  private final Symtab symtab;
  private final Types types;
  private final Map<MethodSymbol, Optional<MethodSymbol>> known = new HashMap<>();

  /** For each interface or abstract class of the sources its one class; empty if there are more. */
  private @Nullable Map<ClassSymbol, Optional<ClassSymbol>> classes;

  private @Nullable ImmutableList<ClassSymbol> sources;

  Implementations(VisitorState state) {
    this.symtab = state.getSymtab();
    this.types = state.getTypes();
  }

  /** The only implementation of an abstract method of the sources; null where there is none. */
  @Nullable MethodSymbol only(MethodSymbol method) {
    if ((method.flags() & Flags.ABSTRACT) == 0
        || !(method.owner instanceof ClassSymbol owner)
        || !isSource(owner)
        || isFunctional(owner)) {
      return null;
    }
    Optional<MethodSymbol> only = known.get(method);
    if (only == null) {
      only = Optional.ofNullable(find(method, owner));
      known.put(method, only);
    }
    return only.orElse(null);
  }

  private @Nullable MethodSymbol find(MethodSymbol method, ClassSymbol owner) {
    if (classes == null) {
      classes = index();
    }
    Optional<ClassSymbol> only = classes.get(owner);
    return only == null || only.isEmpty() ? null : method.implementation(only.get(), types, true);
  }

  /** The classes of the sources, as they are when this is first asked. */
  ImmutableList<ClassSymbol> sources() {
    if (sources == null) {
      ImmutableList.Builder<ClassSymbol> found = ImmutableList.builder();
      // copied first: asking a type for its flags may enter others
      for (ClassSymbol type : ImmutableList.copyOf(symtab.getAllClasses())) {
        if (isSource(type)) {
          found.add(type);
        }
      }
      sources = found.build();
    }
    return sources;
  }

  private Map<ClassSymbol, Optional<ClassSymbol>> index() {
    Map<ClassSymbol, Optional<ClassSymbol>> index = new HashMap<>();
    for (ClassSymbol type : sources()) {
      if (isFunctional(type) || (type.flags() & (Flags.ABSTRACT | Flags.INTERFACE)) != 0) {
        continue;
      }
      for (Type supertype : types.closure(type.type)) {
        if (supertype.tsym instanceof ClassSymbol parent
            && parent != type
            && (parent.flags() & (Flags.ABSTRACT | Flags.INTERFACE)) != 0
            && isSource(parent)
            && !isFunctional(parent)) {
          index.merge(parent, Optional.of(type), (one, other) -> Optional.empty());
        }
      }
    }
    return index;
  }

  static boolean isSource(ClassSymbol type) {
    ClassSymbol outermost = Symbols.outermostClass(type);
    JavaFileObject file = outermost == null ? null : outermost.sourcefile;
    return file != null
        && file.getKind() == JavaFileObject.Kind.SOURCE
        // the reader of class files has a file of its own for the source that one names
        && !file.getClass().getName().startsWith("com.sun.tools.javac.jvm.")
        && type.completer == Symbol.Completer.NULL_COMPLETER;
  }

  /** Lambdas implement these as well, and they have no class to be found. */
  private static boolean isFunctional(ClassSymbol type) {
    return type.isInterface() && Symbols.hasAnnotation(type, "FunctionalInterface");
  }
}
