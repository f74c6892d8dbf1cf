package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which methods may return null, and which fail on it, without their code being seen: tables. */
public final class NullSources {
  private static final Pattern NULLABLE = Pattern.compile("Nullable|CheckForNull|PolyNull");

  /** Names of methods, with the number of their parameters, by the type that declares them. */
  private static final ImmutableSetMultimap<String, String> MAY_RETURN_NULL =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("java.util.Map", "get/1", "remove/1", "computeIfPresent/2", "replace/2")
          .putAll(
              "java.util.NavigableMap",
              "floorEntry/1",
              "ceilingEntry/1",
              "lowerEntry/1",
              "higherEntry/1",
              "floorKey/1",
              "ceilingKey/1",
              "lowerKey/1",
              "higherKey/1",
              "firstEntry/0",
              "lastEntry/0",
              "pollFirstEntry/0",
              "pollLastEntry/0")
          .putAll("java.util.Queue", "poll/0", "peek/0")
          .putAll("java.util.Deque", "pollFirst/0", "pollLast/0", "peekFirst/0", "peekLast/0")
          .putAll("java.util.concurrent.BlockingQueue", "poll/2")
          .putAll(
              "java.util.NavigableSet",
              "floor/1",
              "ceiling/1",
              "lower/1",
              "higher/1",
              "pollFirst/0",
              "pollLast/0")
          .putAll("java.lang.System", "getProperty/1", "getenv/1")
          .putAll("java.util.Properties", "getProperty/1")
          .putAll("java.lang.Integer", "getInteger/1")
          .putAll("java.lang.Long", "getLong/1")
          .putAll("java.lang.Class", "getResource/1", "getResourceAsStream/1", "getAnnotation/1")
          .putAll("java.lang.reflect.AnnotatedElement", "getAnnotation/1")
          .putAll("java.lang.ClassLoader", "getResource/1", "getResourceAsStream/1")
          .putAll("java.io.File", "listFiles/0", "listFiles/1", "list/0", "list/1")
          .putAll("java.io.BufferedReader", "readLine/0")
          .putAll("java.util.zip.ZipFile", "getEntry/1")
          .putAll("java.util.jar.JarFile", "getEntry/1", "getJarEntry/1")
          .putAll("javax.naming.directory.Attributes", "get/1")
          .putAll("EntityManager", "find/2", "find/3")
          .putAll("org.hibernate.Session", "get/2", "find/2", "byId/1")
          .putAll("Jedis", "get/1", "hget/2")
          .putAll("com.fasterxml.jackson.databind.JsonNode", "get/1")
          .putAll("org.w3c.dom.Document", "getElementById/1")
          .build();

  /** Methods of any type, named so that only one thing can be meant. */
  private static final Pattern MAY_RETURN_NULL_ANYWHERE =
      Pattern.compile("(getIfPresent|uniqueResult|\\w+OrNull)");

  /** Methods and constructors of libraries that fail if an argument is null. */
  private static final ImmutableSetMultimap<String, String> FAIL_ON_NULL =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("java.util.Optional", "of")
          .putAll("java.util.List", "of", "copyOf", "addAll")
          .putAll("java.util.Set", "of", "copyOf", "addAll")
          .putAll("java.util.Map", "of", "copyOf", "entry", "putAll")
          .putAll("java.util.Collection", "addAll")
          .putAll("java.util.ArrayList", "<init>", "addAll")
          .putAll("java.util.LinkedList", "<init>")
          .putAll("java.util.HashSet", "<init>")
          .putAll("java.util.LinkedHashSet", "<init>")
          .putAll("java.util.TreeSet", "<init>")
          .putAll("java.util.HashMap", "<init>")
          .putAll("java.util.LinkedHashMap", "<init>")
          .putAll("java.util.TreeMap", "<init>")
          .putAll("java.util.ArrayDeque", "<init>")
          .putAll("java.util.Arrays", "stream", "asList", "sort", "copyOf")
          .putAll("java.util.Collections", "unmodifiableList", "unmodifiableSet", "unmodifiableMap")
          .putAll("java.util.UUID", "fromString")
          .putAll("java.util.Locale", "forLanguageTag")
          .putAll("java.util.Properties", "load")
          .putAll("java.net.URI", "create")
          .putAll("java.nio.file.Path", "of")
          .putAll("java.nio.file.Paths", "get")
          .putAll("java.math.BigDecimal", "<init>", "add", "subtract", "multiply", "compareTo")
          .putAll("java.lang.String", "<init>", "concat", "contains", "startsWith", "endsWith")
          .putAll("java.lang.Enum", "valueOf")
          .putAll("java.io.InputStreamReader", "<init>")
          .putAll("java.io.BufferedReader", "<init>")
          .putAll("java.io.BufferedInputStream", "<init>")
          .putAll("java.util.Scanner", "<init>")
          .putAll("java.time.Instant", "parse", "isBefore", "isAfter")
          .putAll("java.time.Duration", "parse", "between", "compareTo", "plus")
          .putAll("java.time.LocalDate", "parse", "isBefore", "isAfter")
          .putAll("java.time.LocalDateTime", "parse")
          .putAll("java.time.OffsetDateTime", "parse")
          .putAll("java.time.ZonedDateTime", "parse")
          .putAll("java.time.ZoneId", "of")
          .build();

  private final Types types;
  private final Documented documented;
  private final Map<MethodSymbol, Boolean> known = new HashMap<>();

  public NullSources(VisitorState state) {
    this.types = state.getTypes();
    this.documented = new Documented(state);
  }

  /** Whether a declaration, or its type, says that it may be null. */
  public static boolean isNullable(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (isNullable(annotation)) {
        return true;
      }
    }
    Type type = symbol instanceof MethodSymbol method ? method.getReturnType() : symbol.type;
    return isNullable(type) || isTypeUse(symbol);
  }

  /** Type annotations that javac keeps with the declaration: those of the type itself. */
  private static boolean isTypeUse(Symbol symbol) {
    for (Attribute.TypeCompound annotation : symbol.getRawTypeAttributes()) {
      boolean own =
          switch (annotation.position.type) {
            case METHOD_RETURN, FIELD -> true;
            default -> false;
          };
      if (own && annotation.position.location.isEmpty() && isNullable(annotation)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a type is annotated to have null among its values. */
  public static boolean isNullable(@Nullable Type type) {
    if (type == null) {
      return false;
    }
    for (Attribute.TypeCompound annotation : type.getAnnotationMirrors()) {
      if (isNullable(annotation)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNullable(Attribute.Compound annotation) {
    return NULLABLE.matcher(annotation.type.tsym.name).matches();
  }

  /** Whether a method may return null, by what its declaration or a table says. */
  public boolean mayReturnNull(MethodSymbol method) {
    return known.computeIfAbsent(method, this::find);
  }

  private boolean find(MethodSymbol method) {
    Type type = method.getReturnType();
    if (type == null || type.isPrimitiveOrVoid()) {
      return false;
    }
    if (isNullable(method) || documented.mayReturnNull(method)) {
      return true;
    }
    for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, types)) {
      if (isNullable(overridden)) {
        return true;
      }
    }
    String name = method.name.toString();
    if (MAY_RETURN_NULL_ANYWHERE.matcher(name).matches()) {
      return !Symbols.simpleName(type).matches("Optional\\w*|\\w*Future|Mono|Flux");
    }
    return listed(MAY_RETURN_NULL, method, name + "/" + method.params().size());
  }

  private boolean listed(
      ImmutableSetMultimap<String, String> table, MethodSymbol method, String entry) {
    if (!table.containsValue(entry) || !(method.owner instanceof ClassSymbol owner)) {
      return false;
    }
    for (Type supertype : types.closure(owner.type)) {
      if (table.containsEntry(Symbols.qualifiedName(supertype), entry)
          || table.containsEntry(Symbols.simpleName(supertype), entry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method without source fails if its argument at a position is null. */
  public boolean failsOnNull(MethodSymbol method, int position) {
    List<VarSymbol> parameters = method.params();
    boolean object = position < parameters.size() && !parameters.get(position).type.isPrimitive();
    boolean enumConstant =
        method.name.contentEquals("valueOf")
            && method.isStatic()
            && method.owner instanceof ClassSymbol owner
            && owner.isEnum();
    boolean varargs = method.isVarArgs() && !parameters.isEmpty() && isArray(parameters);
    return object
        && (enumConstant
            || (listed(FAIL_ON_NULL, method, method.name.toString()) && !varargs)
            || (varargs
                && method.name.contentEquals("of")
                && listed(FAIL_ON_NULL, method, method.name.toString())));
  }

  private static boolean isArray(List<VarSymbol> parameters) {
    return parameters.get(parameters.size() - 1).type.hasTag(TypeTag.ARRAY);
  }

  /** Whether a map is asked for one of few keys, all of which it is likely to have. */
  public static boolean isKeyedByEnum(MethodSymbol method, @Nullable Type argument) {
    return method.name.contentEquals("get")
        && argument != null
        && argument.tsym != null
        && (argument.tsym.isEnum() || Symbols.qualifiedName(argument).equals("java.lang.Class"));
  }
}
