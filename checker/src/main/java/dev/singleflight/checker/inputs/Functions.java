package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import javax.lang.model.type.TypeKind;

/** What methods without source make of their receiver and arguments: a table. */
public final class Functions {
  /** Every method of the type; otherwise rows name the method. */
  private static final String ANY = "*";

  private static final ImmutableMap<String, Nature> TABLE =
      table()
          .rows(Nature.CLOCK, "java.lang.System", "currentTimeMillis", "nanoTime")
          .rows(Nature.CLOCK, "java.time.Instant", "now")
          .rows(Nature.CLOCK, "java.time.LocalDateTime", "now")
          .rows(Nature.CLOCK, "java.time.LocalTime", "now")
          .rows(Nature.CLOCK, "java.time.ZonedDateTime", "now")
          .rows(Nature.CLOCK, "java.time.OffsetDateTime", "now")
          .rows(Nature.CLOCK, "java.time.OffsetTime", "now")
          .rows(Nature.CLOCK, "java.time.Clock", "millis", "instant")
          .rows(Nature.CLOCK, "java.time.InstantSource", "millis", "instant")
          .rows(Nature.CLOCK, "java.util.Calendar", "getInstance")
          .rows(Nature.CLOCK, "com.google.common.base.Ticker", "read")
          .rows(Nature.CLOCK, "com.google.common.base.Stopwatch", "elapsed")
          .rows(Nature.CLOCK, "com.github.benmanes.caffeine.cache.Ticker", "read")
          .rows(Nature.COARSE_CLOCK, "java.time.LocalDate", "now")
          .rows(Nature.COARSE_CLOCK, "java.time.YearMonth", "now")
          .rows(Nature.COARSE_CLOCK, "java.time.Year", "now")
          .rows(Nature.COARSE_CLOCK, "java.time.MonthDay", "now")
          .rows(Nature.RANDOM, "java.util.UUID", "randomUUID")
          .rows(Nature.RANDOM, "java.lang.Math", "random")
          .rows(Nature.RANDOM, "java.lang.StrictMath", "random")
          .rows(Nature.RANDOM, "org.apache.commons.lang3.RandomStringUtils", ANY)
          .rows(Nature.RANDOM, "org.apache.commons.lang3.RandomUtils", ANY)
          .rows(Nature.RANDOM, "java.util.Random", ANY)
          .rows(Nature.RANDOM, "java.util.SplittableRandom", ANY)
          .rows(Nature.RANDOM, "java.security.SecureRandom", ANY)
          .rows(Nature.RANDOM, "java.util.concurrent.ThreadLocalRandom", ANY)
          .rows(Nature.RANDOM, "java.util.random.RandomGenerator", ANY)
          .rows(Nature.IDENTITY, "java.lang.System", "identityHashCode")
          .rows(Nature.IDENTITY, "java.lang.Thread", "currentThread")
          .rows(Nature.THREAD_BOUND, "java.lang.ThreadLocal", "get")
          .rows(Nature.THREAD_BOUND, "java.lang.InheritableThreadLocal", "get")
          .rows(Nature.THREAD_BOUND, "java.lang.ScopedValue", "get", "orElse", "orElseThrow")
          .rows(Nature.THREAD_BOUND, "io.netty.util.concurrent.FastThreadLocal", "get")
          .rows(Nature.THREAD_BOUND, "org.slf4j.MDC", "get", "getCopyOfContextMap")
          .rows(Nature.THREAD_BOUND, "org.apache.logging.log4j.ThreadContext", "get")
          .rows(Nature.THREAD_BOUND, "org.apache.shiro.SecurityUtils", "getSubject")
          .rows(Nature.THREAD_BOUND, "io.grpc.Context", "current")
          .rows(Nature.THREAD_BOUND, "io.grpc.Context.Key", "get")
          .rows(Nature.THREAD_BOUND, "jakarta.faces.context.FacesContext", "getCurrentInstance")
          .rows(Nature.THREAD_BOUND, "javax.faces.context.FacesContext", "getCurrentInstance")
          .rows(Nature.THREAD_BOUND, "com.linecorp.armeria.common.RequestContext", "current")
          .rows(
              Nature.THREAD_BOUND,
              "com.linecorp.armeria.server.ServiceRequestContext",
              "current",
              "currentOrNull")
          .rows(Nature.HASH, "java.util.Objects", "hash", "hashCode")
          .rows(Nature.HASH, "java.util.Arrays", "hashCode", "deepHashCode")
          .rows(Nature.HASH, "java.lang.String", "hashCode")
          .rows(Nature.HASH, "java.lang.Long", "hashCode")
          .rows(Nature.HASH, "java.lang.Double", "hashCode")
          .rows(Nature.HASH, "java.util.zip.CRC32", "getValue")
          .rows(Nature.HASH, "java.util.zip.Adler32", "getValue")
          .rows(Nature.HASH, "com.google.common.hash.HashCode", "asInt")
          .rows(
              Nature.PART,
              "java.lang.String",
              "length",
              "charAt",
              "codePointAt",
              "substring",
              "indexOf",
              "isEmpty",
              "isBlank",
              "startsWith",
              "endsWith",
              "contains",
              "equals",
              "compareTo")
          .rows(
              Nature.PART,
              "java.lang.String",
              "equalsIgnoreCase",
              "compareToIgnoreCase",
              "contentEquals",
              "matches",
              "lastIndexOf",
              "regionMatches")
          .rows(Nature.PART, "java.util.Objects", "equals", "isNull", "nonNull")
          .rows(Nature.PART, "java.util.Optional", "isPresent", "isEmpty")
          .rows(Nature.TRANSPARENT, "java.lang.String", ANY)
          .rows(Nature.TRANSPARENT, "java.util.Objects", ANY)
          .rows(Nature.TRANSPARENT, "java.util.Optional", ANY)
          .rows(Nature.TRANSPARENT, "java.util.UUID", "toString", "fromString")
          .rows(Nature.TRANSPARENT, "java.net.URI", "toString", "create", "toASCIIString")
          .rows(Nature.TRANSPARENT, "java.lang.Long", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Integer", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Short", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Byte", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Character", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Boolean", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Double", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.Enum", "name", "toString")
          .rows(Nature.TRANSPARENT, "java.lang.StringBuilder", ANY)
          .rows(Nature.TRANSPARENT, "java.lang.StringBuffer", ANY)
          .rows(Nature.TRANSPARENT, "java.util.StringJoiner", ANY)
          .rows(Nature.TRANSPARENT, "java.util.Base64.Encoder", ANY)
          .rows(Nature.TRANSPARENT, "java.util.Collections", ANY)
          .rows(Nature.TRANSPARENT, "java.util.Arrays", "asList", "copyOf", "stream", "toString")
          .rows(
              Nature.TRANSPARENT,
              "java.util.stream.Stream",
              "sorted",
              "distinct",
              "collect",
              "toList",
              "toArray",
              "parallel",
              "sequential",
              "unordered")
          .rows(Nature.TRANSPARENT, "java.util.stream.Collectors", ANY)
          .rows(Nature.TRANSPARENT, "java.text.MessageFormat", "format")
          .build();

  /** Names of functions that put many of what they are given into one class. */
  private static final Pattern CLASSIFIES =
      Pattern.compile(
          "(?i)(get)?\\w*(region|shard|zone|bucket|partition|cluster|datacenter|continent)(Of|For|Index|No)?");

  /** Types whose no-argument methods are the JDK's way of saying the value in other words. */
  private static final ImmutableSet<String> WORDINGS =
      ImmutableSet.of(
          "toString",
          "name",
          "value",
          "getValue",
          "asString",
          "toLanguageTag",
          "toExternalForm",
          "toUnsignedString",
          "toByteArray",
          "toArray",
          "longValue",
          "intValue",
          "stream",
          "toList",
          "trim",
          "strip",
          "intern",
          "clone",
          "copy",
          "build",
          "orElseThrow",
          "join",
          "getBytes");

  private static final ImmutableSet<String> ATOMIC_COUNTERS =
      ImmutableSet.of(
          "incrementAndGet",
          "getAndIncrement",
          "decrementAndGet",
          "getAndDecrement",
          "addAndGet",
          "getAndAdd");

  /** Methods that give the next one each time. */
  private static final ImmutableSet<String> ADVANCING =
      ImmutableSet.of(
          "next",
          "nextElement",
          "nextLine",
          "nextInt",
          "nextLong",
          "poll",
          "pollFirst",
          "pollLast",
          "pop",
          "take",
          "read",
          "readLine",
          "removeFirst",
          "removeLast");

  /** Holders of what belongs to the current thread's caller, by how such types are named. */
  private static final Pattern HOLDER =
      Pattern.compile(
          "(\\w*(Context|Request|Session|Security|User|Tenant|Principal|Auth|Locale)Holder)"
              + "|Current(User|Tenant|Request|Session|Principal|Caller)"
              + "|(Tenant|User|Caller|Security)(Context|Scope)"
              + "|TransactionSynchronizationManager|TransactionAspectSupport");

  private Functions() {}

  /** What {@code method}, which has no source, makes of what it is given. */
  public static Nature natureOf(MethodSymbol method) {
    String name = method.name.toString();
    for (ClassSymbol type = (ClassSymbol) method.owner; ; ) {
      String owner = type.getQualifiedName().toString();
      Nature nature = TABLE.get(owner + "#" + name);
      if (nature == null && !(owner.endsWith("Random") && name.equals("<init>"))) {
        nature = TABLE.get(owner + "#" + ANY);
      }
      if (nature != null) {
        return nature;
      }
      if (owner.startsWith("java.util.concurrent.atomic.") && ATOMIC_COUNTERS.contains(name)) {
        return Nature.COUNTER;
      }
      if (!(type.getSuperclass().tsym instanceof ClassSymbol parent)) {
        break;
      }
      type = parent;
    }
    if (isHolderRead(method)) {
      return Nature.THREAD_BOUND;
    }
    if (name.equals("hashCode") && method.params().isEmpty()) {
      return Nature.HASH;
    }
    if (CLASSIFIES.matcher(name).matches()
        && !method.params().isEmpty()
        && method.getReturnType().tsym != method.owner) {
      return Nature.PART;
    }
    if (WORDINGS.contains(name) && method.params().isEmpty() && !method.isStatic()) {
      return Nature.TRANSPARENT;
    }
    if (method.isStatic() && isConversion(method)) {
      return Nature.TRANSPARENT;
    }
    return Nature.OPAQUE;
  }

  /** {@code List.of(a, b)}, {@code UserId.valueOf(s)}: all of the arguments in another form. */
  private static boolean isConversion(MethodSymbol method) {
    String name = method.name.toString();
    return name.equals("of")
        || name.equals("valueOf")
        || name.equals("copyOf")
        || name.equals("entry")
        || name.equals("ofEntries");
  }

  private static boolean isHolderRead(MethodSymbol method) {
    return method.isStatic()
        && method.params().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && HOLDER.matcher(method.owner.getSimpleName()).matches()
        && !Symbols.simpleName(method.getReturnType()).equals(method.owner.name + "Builder")
        && !method.name.toString().matches("builder|create|empty|system|anonymous|root|none|of");
  }

  /**
   * Whether a method is known by what it is, whatever a source of it says: a stub of a framework's
   * holder has a body too.
   */
  static boolean isKnownHolder(MethodSymbol method) {
    return natureOf(method) == Nature.THREAD_BOUND;
  }

  /** Whether asking twice may give two answers. */
  static boolean isVolatile(MethodSymbol method) {
    Nature nature = natureOf(method);
    return ADVANCING.contains(method.name.toString())
        || nature == Nature.CLOCK
        || nature == Nature.RANDOM
        || nature == Nature.COUNTER;
  }

  private static Table table() {
    return new Table();
  }

  private static final class Table {
    private final ImmutableMap.Builder<String, Nature> rows = ImmutableMap.builder();

    Table rows(Nature nature, String type, String... methods) {
      for (String method : methods) {
        rows.put(type + "#" + method, nature);
      }
      return this;
    }

    ImmutableMap<String, Nature> build() {
      return rows.buildOrThrow();
    }
  }
}
