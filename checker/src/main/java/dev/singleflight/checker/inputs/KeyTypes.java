package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/** Whether values of a type can be told equal, and stay so: what a key needs. */
public final class KeyTypes {
  /** Objects that stand for themselves: there is one of each. */
  private static final ImmutableSet<String> CANONICAL =
      ImmutableSet.of(
          "java.lang.Object",
          "java.lang.Class",
          "java.lang.ClassLoader",
          "java.lang.Module",
          "java.lang.Thread",
          "java.lang.ThreadGroup");

  private static final ImmutableSet<String> MUTABLE =
      ImmutableSet.of(
          "java.lang.StringBuilder",
          "java.lang.StringBuffer",
          "java.util.BitSet",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong",
          "java.util.concurrent.atomic.AtomicBoolean",
          "java.util.concurrent.atomic.AtomicReference");

  private static final Pattern VALUE_TYPES =
      Pattern.compile(
          "java\\.lang\\.(String|Integer|Long|Short|Byte|Character|Boolean|Double|Float)"
              + "|java\\.math\\.\\w+|java\\.time\\.\\w+|java\\.util\\.(UUID|Locale|Currency|Date|List|Set)");

  private final ImmutableSet<String> immutable;

  public KeyTypes(Options options) {
    this.immutable = options.immutableTypes();
  }

  /** What is wrong with a type as a key's, as the end of a sentence; null if nothing is. */
  public @Nullable String fault(@Nullable Type type) {
    if (type == null) {
      return null;
    }
    if (type.hasTag(TypeTag.ARRAY)) {
      return "is an array, which is equal only to itself";
    }
    if (!(type.tsym instanceof ClassSymbol symbol) || !type.hasTag(TypeTag.CLASS)) {
      return null;
    }
    String name = symbol.getQualifiedName().toString();
    if (immutable.contains(name) || CANONICAL.contains(name)) {
      return null;
    }
    if (MUTABLE.contains(name)) {
      return "is a " + symbol.name + ", which is equal only to itself and changes";
    }
    if (symbol.getKind() == ElementKind.RECORD) {
      return recordFault(symbol);
    }
    if (symbol.getKind() != ElementKind.CLASS
        || (symbol.flags() & Flags.ABSTRACT) != 0
        || symbol.isAnonymous()) {
      return null;
    }
    if (!hasEquals(symbol)) {
      return canBeMade(symbol) && isData(symbol)
          ? "is a " + symbol.name + ", which has no equals and so is equal only to itself"
          : null;
    }
    MethodSymbol setter = setter(symbol);
    return setter == null
        ? null
        : "is a " + symbol.name + ", which " + setter.name + " changes while it is a key";
  }

  /** Whether a new object of a class is equal only to itself. */
  boolean isIdentity(ClassSymbol type) {
    return type.getKind() == ElementKind.CLASS
        && !immutable.contains(type.getQualifiedName().toString())
        && !hasEquals(type);
  }

  private @Nullable String recordFault(ClassSymbol symbol) {
    if (declaresEquals(symbol)) {
      return null;
    }
    for (Symbol member : symbol.members().getSymbols()) {
      if (member instanceof VarSymbol component
          && !component.isStatic()
          && component.type.hasTag(TypeTag.ARRAY)) {
        return "is a "
            + symbol.name
            + ", whose component '"
            + component.name
            + "' is an array and so is equal only to itself";
      }
    }
    return null;
  }

  /** Whether values of a type say what they hold when they are put into a string. */
  public static boolean hasToString(@Nullable Type type) {
    return type == null || !type.hasTag(TypeTag.ARRAY);
  }

  /** Whether a class compares what it holds: a record does by itself. */
  static boolean hasEquals(ClassSymbol symbol) {
    if (Symbols.isRecord(symbol)) {
      return true;
    }
    ClassSymbol at = symbol;
    while (!at.getQualifiedName().contentEquals("java.lang.Object")) {
      if (declaresEquals(at)) {
        return true;
      }
      if (!(at.getSuperclass().tsym instanceof ClassSymbol parent)) {
        return true; // not known: a class that is missing
      }
      at = parent;
    }
    return false;
  }

  /** Whether equal values of a class have hashes of their own, as each object has by itself. */
  static boolean lacksHashCode(ClassSymbol symbol) {
    if (Symbols.isRecord(symbol) || !declaresEquals(symbol)) {
      return false;
    }
    ClassSymbol at = symbol;
    while (!at.getQualifiedName().contentEquals("java.lang.Object")) {
      for (Symbol member : at.members().getSymbols()) {
        if (member instanceof MethodSymbol method
            && method.name.contentEquals("hashCode")
            && method.params().isEmpty()) {
          return false;
        }
      }
      if (!(at.getSuperclass().tsym instanceof ClassSymbol parent)) {
        return false; // not known: a class that is missing
      }
      at = parent;
    }
    return true;
  }

  private static boolean declaresEquals(ClassSymbol symbol) {
    for (Symbol member : symbol.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && method.name.contentEquals("equals")
          && method.params().size() == 1
          && (method.flags() & Flags.GENERATEDCONSTR) == 0
          && Symbols.qualifiedName(method.params().get(0).type).equals("java.lang.Object")) {
        return !Symbols.isRecord(symbol) || !isImplicit(method);
      }
    }
    return false;
  }

  /** A record's own equals, which compares its components. */
  private static boolean isImplicit(MethodSymbol method) {
    return (method.flags() & (Flags.GENERATED_MEMBER | Flags.MANDATED)) != 0
        || (method.flags() & Flags.FINAL) != 0;
  }

  /** Others can make one; where they cannot, there may be one for each value. */
  private static boolean canBeMade(ClassSymbol symbol) {
    for (Symbol member : symbol.members().getSymbols()) {
      if (member.isConstructor() && !Symbols.isPrivate(member)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a class holds nothing but values, as one does that is meant to be compared. A service
   * or a handle without equals is told by its identity, and rightly so.
   */
  private static boolean isData(ClassSymbol symbol) {
    boolean any = false;
    for (Symbol member : symbol.members().getSymbols()) {
      if (member instanceof VarSymbol field && !field.isStatic()) {
        if (!isValue(field.type)) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private static boolean isValue(Type type) {
    if (type.isPrimitive()) {
      return true;
    }
    if (type instanceof Type.ArrayType array) {
      return isValue(array.elemtype);
    }
    String name = Symbols.qualifiedName(type);
    return VALUE_TYPES.matcher(name).matches()
        || (type.tsym != null && (type.tsym.isEnum() || Symbols.isRecord(type.tsym)));
  }

  /** A setter of the type's own or of those it extends, the JDK's left out. */
  private static @Nullable MethodSymbol setter(ClassSymbol symbol) {
    ClassSymbol at = symbol;
    while (!at.getQualifiedName().toString().startsWith("java.")) {
      for (Symbol member : at.members().getSymbols()) {
        if (member instanceof MethodSymbol method
            && !method.isStatic()
            && !Symbols.isPrivate(method)
            && method.params().size() == 1
            && method.getReturnType().hasTag(TypeTag.VOID)
            && method.name.toString().matches("set[A-Z].*")) {
          return method;
        }
      }
      if (!(at.getSuperclass().tsym instanceof ClassSymbol parent)) {
        return null;
      }
      at = parent;
    }
    return null;
  }
}
