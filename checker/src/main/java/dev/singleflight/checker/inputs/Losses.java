package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is lost when a value is put in other words: two that differ may read the same. */
final class Losses {
  private static final ImmutableSetMultimap<String, String> BLURRING =
      ImmutableSetMultimap.<String, String>builder()
          .putAll(
              "java.lang.String",
              "toLowerCase",
              "toUpperCase",
              "trim",
              "strip",
              "stripLeading",
              "stripTrailing")
          .putAll(
              "java.lang.Math",
              "round",
              "floor",
              "ceil",
              "rint",
              "abs",
              "signum",
              "floorDiv",
              "floorMod",
              "min",
              "max")
          .putAll("java.lang.Double", "intValue", "longValue")
          .putAll("java.lang.Float", "intValue", "longValue")
          .putAll("java.lang.Long", "intValue")
          .putAll("java.lang.Number", "intValue")
          .putAll("java.math.BigDecimal", "intValue", "longValue")
          .putAll("java.math.BigInteger", "intValue", "longValue")
          .build();

  /** What these give of a date or time does not tell it. */
  private static final Pattern PART_OF_TIME =
      Pattern.compile(
          "toLocalDate|toLocalTime|getYear|getMonth\\w*|getDay\\w*|getHour|getMinute|getSecond"
              + "|getNano|truncatedTo|toMinutes|toHours|toDays|toMinutesPart|getHours|getDate"
              + "|isAfter|isBefore|getZone|getOffset|withDayOfMonth|withDayOfYear|withHour"
              + "|withMinute|withSecond|withNano");

  private static final Pattern PART_OF_NUMBER =
      Pattern.compile(
          "toBigInteger|setScale|round|signum|scale|precision|intValue|longValue|compareTo|bitLength");

  private static final Pattern PART_OF_LOCALE =
      Pattern.compile("get(Display)?(Language|Country|Script|Variant)|getISO3(Language|Country)");

  private static final Pattern PART_OF_COLLECTION =
      Pattern.compile(
          "size|isEmpty|get|getFirst|getLast|first|last|peek\\w*|element|contains\\w*|indexOf|iterator"
              + "|limit|skip|findFirst|findAny|count|min|max|anyMatch|allMatch|noneMatch|keySet|values"
              + "|subList|subSet|headSet|tailSet");

  private static final Pattern PART_OF_NAME =
      Pattern.compile(
          "getHost|getPort|getPath|getScheme|getQuery|getFragment|getUserInfo|getAuthority|getName"
              + "|getFileName|getParent|getParentFile|getRoot|getNameCount|length|lastModified"
              + "|getMostSignificantBits|getLeastSignificantBits|version");

  private static final ImmutableSet<TypeTag> FRACTIONS =
      ImmutableSet.of(TypeTag.FLOAT, TypeTag.DOUBLE);

  private Losses() {}

  /** Whether what a method makes of a value differs from it in case, spaces or precision only. */
  static boolean blurs(MethodSymbol method) {
    return BLURRING.containsEntry(
        method.owner.getQualifiedName().toString(), method.name.toString());
  }

  /** Division of whole numbers, a remainder, a cast to a narrower type. */
  static boolean blurs(Op op) {
    if (op.kind() == Kind.NARROW) {
      return true;
    }
    Type type = op.tree() == null ? null : Symbols.typeOf(op.tree());
    return (op.kind() == Kind.DIVIDE || op.kind() == Kind.REMAINDER)
        && !isNumber(op.operands().get(0))
        && type != null
        && type.isPrimitive()
        && !FRACTIONS.contains(type.getTag());
  }

  private static boolean isNumber(Term term) {
    return Terms.value(term) instanceof Term.Const;
  }

  /** Whether a cast may give the same for two values that differ. */
  static boolean narrows(@Nullable Type to, @Nullable Type from) {
    if (to == null || from == null || !to.isPrimitive() || !from.isPrimitive()) {
      return false;
    }
    return rank(to) < rank(from);
  }

  private static int rank(Type type) {
    return switch (type.getTag()) {
      case BYTE -> 1;
      case SHORT, CHAR -> 2;
      case INT -> 3;
      case LONG -> 4;
      case FLOAT -> 5;
      case DOUBLE -> 6;
      default -> 0;
    };
  }

  /** Whether a member of a value of the JDK's gives only a part of it. */
  static boolean isPart(Symbol member, @Nullable Type holder) {
    String type = Symbols.qualifiedName(holder);
    String name = member.name.toString();
    if (type.startsWith("java.time.")
        || type.matches("java\\.(util|sql)\\.(Date|Timestamp|\\w*Calendar)")) {
      return PART_OF_TIME.matcher(name).matches();
    }
    if (type.startsWith("java.math.") || type.matches("java\\.lang\\.(Double|Float|Long|Number)")) {
      return PART_OF_NUMBER.matcher(name).matches();
    }
    if (type.equals("java.util.Locale")) {
      return PART_OF_LOCALE.matcher(name).matches();
    }
    if (type.matches(
        "java\\.net\\.UR[IL]|java\\.io\\.File|java\\.nio\\.file\\.Path|java\\.util\\.UUID")) {
      return PART_OF_NAME.matcher(name).matches();
    }
    if (type.startsWith("java.util.") || (holder != null && holder.hasTag(TypeTag.ARRAY))) {
      return PART_OF_COLLECTION.matcher(name).matches();
    }
    return name.matches("getClass|hashCode|equals|compareTo");
  }
}
