package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which methods without source change what they are called on or given: tables and names. */
final class Mutators {
  private static final Pattern OF_COLLECTIONS =
      Pattern.compile(
          "add|addAll|add(First|Last|Element)|remove|removeAll|removeIf|removeRange"
              + "|remove(First|Last|Element|ElementAt|AllElements)|retainAll|replaceAll|clear|set"
              + "|sort|put|putAll|put(First|Last)|putIfAbsent|replace|compute|computeIf\\w+|merge"
              + "|push|pop|poll|poll(First|Last)(Entry)?|offer|offer(First|Last)|setElementAt"
              + "|insertElementAt|setValue|append|insert|delete|deleteCharAt|reverse|appendCodePoint"
              + "|flip|rewind|mark|compact|and|or|xor|andNot|roll|load|nextToken");

  /** Of buffers, which are read at a position that every reader moves. */
  private static final Pattern OF_BUFFERS =
      Pattern.compile(
          "(get|put)(Int|Long|Short|Char|Float|Double)?|limit|position|flip|rewind|mark|reset|clear"
              + "|compact|order");

  private static final ImmutableSet<String> OF_EXCEPTIONS =
      ImmutableSet.of("addSuppressed", "initCause", "setStackTrace");

  /** Static methods, and the position of the argument that they change. */
  private static final ImmutableMap<String, Integer> STATIC =
      ImmutableMap.<String, Integer>builder()
          .put("java.util.Collections#sort", 0)
          .put("java.util.Collections#reverse", 0)
          .put("java.util.Collections#shuffle", 0)
          .put("java.util.Collections#swap", 0)
          .put("java.util.Collections#fill", 0)
          .put("java.util.Collections#addAll", 0)
          .put("java.util.Collections#rotate", 0)
          .put("java.util.Collections#replaceAll", 0)
          .put("java.util.Collections#copy", 0)
          .put("java.util.Arrays#sort", 0)
          .put("java.util.Arrays#parallelSort", 0)
          .put("java.util.Arrays#fill", 0)
          .put("java.util.Arrays#setAll", 0)
          .put("java.util.Arrays#parallelSetAll", 0)
          .put("java.util.Arrays#parallelPrefix", 0)
          .put("java.lang.System#arraycopy", 2)
          .put("com.google.common.collect.Iterables#removeIf", 0)
          .put("com.google.common.collect.Iterables#removeAll", 0)
          .put("com.google.common.collect.Iterables#retainAll", 0)
          .put("com.google.common.collect.Iterables#addAll", 0)
          .put("org.springframework.beans.BeanUtils#copyProperties", 1)
          .put("org.apache.commons.beanutils.BeanUtils#copyProperties", 0)
          .buildOrThrow();

  /** Made to be changed by many at once, or for each thread: they say so. */
  private static final Pattern CONCURRENT =
      Pattern.compile(
          "java\\.util\\.concurrent\\..*|java\\.lang\\.ThreadLocal|java\\.lang\\.StringBuffer"
              + "|.*\\.(Cache|LoadingCache|AsyncCache)");

  private final Types types;
  private final ImmutableSet<String> immutableTypes;

  Mutators(VisitorState state) {
    this.types = state.getTypes();
    this.immutableTypes = Options.of(state).immutableTypes();
  }

  /** The position of the argument that a static method changes; -1 where it changes none. */
  static int changedArgument(MethodSymbol method) {
    return method.isStatic()
        ? STATIC.getOrDefault(method.owner.getQualifiedName() + "#" + method.name, -1)
        : -1;
  }

  /** Whether a method without source changes the object it is called on. */
  boolean changesReceiver(MethodSymbol method, Type receiver) {
    String name = method.name.toString();
    String owner = method.owner.getQualifiedName().toString();
    if (method.isStatic() || method.isConstructor()) {
      return false;
    }
    if (OF_EXCEPTIONS.contains(name) && owner.equals("java.lang.Throwable")) {
      return true;
    }
    boolean returnsNothing = method.getReturnType().hasTag(TypeTag.VOID);
    if (owner.startsWith("java.nio.")) {
      return OF_BUFFERS.matcher(name).matches() && (!isAsked(method) || name.startsWith("put"));
    }
    if (owner.startsWith("java.util.") || owner.startsWith("java.lang.")) {
      return !owner.startsWith("java.util.stream.")
          && !owner.startsWith("java.util.Optional")
          && !owner.equals("java.lang.String")
          && (OF_COLLECTIONS.matcher(name).matches()
              || name.equals("setProperty")
              || (returnsNothing && name.matches("set[A-Z]\\w*")));
    }
    // a class without source: what sets, sets, if it returns nothing to say otherwise
    return returnsNothing
        && name.matches("(set|add|remove|put|clear|append)([A-Z]\\w*)?")
        && (!method.params().isEmpty() || name.startsWith("clear"))
        && (name.startsWith("set") || isCollection(receiver));
  }

  /** {@code limit()} asks, {@code limit(3)} sets; {@code get(3)} reads at a place of its own. */
  private static boolean isAsked(MethodSymbol method) {
    boolean setsWithArgument = method.name.toString().matches("limit|position|order");
    boolean index = !method.params().isEmpty() && method.params().get(0).type.hasTag(TypeTag.INT);
    return setsWithArgument ? method.params().isEmpty() : index;
  }

  /** Whether values of a type cannot change, or are meant to be changed by many at once. */
  boolean isSafe(@Nullable Type declared) {
    Type type = declared == null ? null : declared.getUpperBound();
    if (type == null) {
      type = declared;
    }
    if (type == null || !type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    if (Symbols.hasAnnotation(type.tsym, "Immutable")
        || Symbols.hasAnnotation(type.tsym, "ThreadSafe")) {
      return true;
    }
    for (Type supertype : types.closure(type)) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (immutableTypes.contains(name)
          || name.equals("java.lang.reflect.AccessibleObject") // whoever may, may set it accessible
          || CONCURRENT.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  private boolean isCollection(Type type) {
    if (!type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (name.equals("java.util.Collection") || name.equals("java.util.Map")) {
        return true;
      }
    }
    return false;
  }

  boolean isSubclass(ClassSymbol type, ClassSymbol parent) {
    return type.isSubClass(parent, types);
  }
}
