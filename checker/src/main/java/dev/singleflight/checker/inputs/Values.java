package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/** Which types hold values, that a question can be asked with, and not services or callbacks. */
final class Values {
  private static final int MAX_DEPTH = 4;

  private static final Pattern JDK =
      Pattern.compile(
          "java\\.lang\\.(String|CharSequence|Number|Integer|Long|Short|Byte|Character|Boolean|Double"
              + "|Float|Class|Enum)"
              + "|java\\.math\\.\\w+|java\\.net\\.(URI|URL|InetAddress|InetSocketAddress)"
              + "|java\\.io\\.File|java\\.nio\\.file\\.Path|java\\.nio\\.charset\\.Charset"
              + "|java\\.util\\.(UUID|Locale|Currency|Date|Calendar|TimeZone|BitSet|Optional(Int|Long|Double)"
              + "|regex\\.Pattern)"
              + "|java\\.sql\\.(Date|Timestamp|Time)"
              + "|java\\.time\\.(\\w+|temporal\\.ChronoUnit)");

  private static final ImmutableSet<String> NO_VALUES =
      ImmutableSet.of("java.time.Clock", "java.time.InstantSource");

  private static final Pattern CONTAINER =
      Pattern.compile(
          "java\\.util\\.(Optional|Collection|(Sequenced|Navigable|Sorted)?(Set|Map)|List|EnumSet|EnumMap"
              + "|(Tree|Hash|LinkedHash)(Set|Map)|ArrayList|Sequenced\\w+|Map\\.Entry)|java\\.lang\\.Iterable"
              + "|com\\.google\\.common\\.collect\\.(Immutable(Sorted)?(List|Set|Map)|Range)");

  /** Interfaces of others, and classes with more in them than values, that only carry arguments. */
  private static final Pattern ARGUMENTS =
      Pattern.compile(
          ".*(Filter|Criteria|Criterion|Query|Spec|Specification|Params|Parameters|Sort|Sorting|Pageable"
              + "|Paging|Pagination|Page(Request|Info)|Range|Window|Projection|SearchRequest)"
              + "|(Query|Search|Fetch|Render|View|Format|Report|Export|Display|Read)?Options");

  private static final Pattern NO_VALUE =
      Pattern.compile(
          ".*(Service|Client|Repository|Dao|Gateway|Factory|Registry|Config|Configuration|Settings"
              + "|Properties|Logger|Log|Metrics|Meter|Tracer|Span|Trace|TraceContext|Policy|Strategy|Listener"
              + "|Callback|Handler|Executor|Pool|Connection|Provider|Supplier|Function|Loader|Cache"
              + "|Group|Manager|Store|Source|Template|Resolver|Mapper|Serializer|Codec|Timer|Clock"
              + "|Lock|Future|Stream|Reader|Writer|Channel|Builder|Publisher|Subscriber|Limiter"
              + "|Breaker|Bulkhead|Environment|Stopwatch|RetryOptions|CallOptions|TimeoutOptions)");

  private static final Pattern SETTINGS =
      Pattern.compile("\\w*(Conf|Config|Configuration|Settings|Options|Properties)");

  private static final Pattern ASKERS = Pattern.compile("Locale|TimeZone|ZoneId|Currency|Country");

  private static final Pattern ASKERS_BY_NAME =
      Pattern.compile(
          "(.*_)?(locale|language|lang|currency|time_?zone|zone_id|country|region|user|role|roles"
              + "|language_code|currency_code|country_code)");

  private Values() {}

  /** Whether a type's values are such as a question is asked with. */
  static boolean is(@Nullable Type type) {
    return is(type, 0);
  }

  private static boolean is(@Nullable Type type, int depth) {
    if (type == null || depth > MAX_DEPTH || type.hasTag(TypeTag.VOID)) {
      return false;
    }
    if (type.isPrimitive()) {
      return true;
    }
    if (type instanceof Type.ArrayType array) {
      return is(array.elemtype, depth + 1);
    }
    if (type instanceof Type.WildcardType wildcard) {
      return is(wildcard.type, depth + 1);
    }
    if (!type.hasTag(TypeTag.CLASS) || !(type.tsym instanceof ClassSymbol symbol)) {
      return false;
    }
    String name = symbol.getQualifiedName().toString();
    if (CONTAINER.matcher(name).matches()) {
      return !type.getTypeArguments().isEmpty()
          && type.getTypeArguments().stream().allMatch(argument -> is(argument, depth + 1));
    }
    return JDK.matcher(name).matches()
        ? !NO_VALUES.contains(name)
        : !name.startsWith("java.") && isOwn(symbol, depth);
  }

  private static boolean isOwn(ClassSymbol type, int depth) {
    String name = type.getSimpleName().toString();
    if (type.isEnum()) {
      return true;
    }
    if (NO_VALUE.matcher(name).matches()) {
      return false;
    }
    return ARGUMENTS.matcher(name).matches()
        || (type.isInterface() ? (type.flags() & Flags.SEALED) != 0 : isData(type, depth));
  }

  /** Whether a class holds nothing but values. */
  private static boolean isData(ClassSymbol type, int depth) {
    boolean any = false;
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol field && Symbols.isField(field) && !field.isStatic()) {
        boolean self = field.type.tsym == type;
        if (!self && !is(field.type, depth + 1)) {
          return false;
        }
        any = true;
      }
    }
    return any || type.getKind() == ElementKind.RECORD;
  }

  /** Whether a type's values are single ones, of which nothing is ever added to or taken away. */
  static boolean isPlain(@Nullable Type type) {
    if (type == null || !is(type) || type instanceof Type.ArrayType) {
      return false;
    }
    String name = Symbols.qualifiedName(type);
    return type.isPrimitive()
        || (JDK.matcher(name).matches() && !name.equals("java.lang.Class"))
        || (type.tsym instanceof ClassSymbol symbol
            && (symbol.isEnum() || Symbols.isRecord(symbol)));
  }

  /** Whether a type's values have no parts that code would tell apart. */
  static boolean isSingle(@Nullable Type type) {
    return type != null
        && (type.isPrimitive() || JDK.matcher(Symbols.qualifiedName(type)).matches());
  }

  /** Whether a type holds settings, or classes: what is made by them differs as they do. */
  static boolean isSettings(@Nullable Type type) {
    String name = Symbols.qualifiedName(type);
    return name.equals("java.util.Properties")
        || name.equals("java.lang.ClassLoader")
        || (name.equals("java.util.Map") && is(type))
        || SETTINGS.matcher(Symbols.simpleName(type)).matches();
  }

  /** Whether a variable says in what language, money, zone or place whoever asks is to be told. */
  static boolean isOfAsker(VarSymbol variable) {
    return ASKERS.matcher(Symbols.simpleName(variable.type)).matches()
        || ASKERS_BY_NAME.matcher(Decisive.words(variable)).matches();
  }

  /** Whether something named like this type is a tool rather than what it is used on. */
  static boolean isTool(@Nullable Type type) {
    return NO_VALUE.matcher(Symbols.simpleName(type)).matches();
  }
}
