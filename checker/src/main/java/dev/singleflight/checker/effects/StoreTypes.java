package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call does with a store: a table for known types, names for others that say cache. */
final class StoreTypes {
  private static final ImmutableMap<String, Kind> MAP =
      rows(Kind.READ, "get", "getOrDefault", "containsKey")
          .putAll(row(Kind.PUT, "put", "putIfAbsent", "putAll"))
          .putAll(row(Kind.COMPUTE, "computeIfAbsent", "compute", "merge"))
          .putAll(row(Kind.REPLACE, "replace", "replaceAll", "computeIfPresent"))
          .putAll(row(Kind.DROP, "remove", "clear"))
          .buildOrThrow();
  private static final ImmutableMap<String, Kind> LOCAL_CACHE =
      rows(Kind.READ, "getIfPresent", "getAllPresent")
          .putAll(row(Kind.COMPUTE, "get", "getAll", "getUnchecked", "refresh"))
          .putAll(row(Kind.PUT, "put", "putAll"))
          .putAll(row(Kind.DROP, "invalidate", "invalidateAll"))
          .buildOrThrow();
  private static final ImmutableMap<String, Kind> SPRING =
      rows(Kind.READ, "get", "retrieve")
          .putAll(row(Kind.PUT, "put", "putIfAbsent"))
          .putAll(row(Kind.DROP, "evict", "evictIfPresent", "clear", "invalidate"))
          .buildOrThrow();
  private static final ImmutableMap<String, Kind> JCACHE =
      rows(Kind.READ, "get", "getAll", "containsKey")
          .putAll(row(Kind.PUT, "put", "putIfAbsent", "putAll", "getAndPut"))
          .putAll(row(Kind.REPLACE, "replace", "getAndReplace", "invoke", "invokeAll"))
          .putAll(row(Kind.DROP, "remove", "getAndRemove", "removeAll", "clear"))
          .buildOrThrow();
  private static final ImmutableMap<String, Kind> REFERENCE =
      rows(Kind.READ, "get", "getPlain", "getAcquire", "getOpaque")
          .putAll(row(Kind.PUT, "set", "lazySet", "setRelease", "setPlain", "getAndSet"))
          .putAll(row(Kind.REPLACE, "compareAndSet", "weakCompareAndSet", "compareAndExchange"))
          .putAll(row(Kind.COMPUTE, "updateAndGet", "getAndUpdate", "accumulateAndGet"))
          .buildOrThrow();
  private static final ImmutableMap<String, Kind> OUR_LOADER =
      rows(Kind.COMPUTE, "get", "getAsync", "getAll", "refresh")
          .putAll(row(Kind.READ, "getIfPresent"))
          .putAll(row(Kind.DROP_EXACT, "invalidate", "invalidateAll"))
          .buildOrThrow();

  private static final ImmutableMap<String, ImmutableMap<String, Kind>> TYPES =
      ImmutableMap.<String, ImmutableMap<String, Kind>>builder()
          .put("java.util.Map", MAP)
          .put("com.github.benmanes.caffeine.cache.Cache", LOCAL_CACHE)
          .put("com.github.benmanes.caffeine.cache.AsyncCache", LOCAL_CACHE)
          .put("com.google.common.cache.Cache", LOCAL_CACHE)
          .put("org.springframework.cache.Cache", SPRING)
          .put("javax.cache.Cache", JCACHE)
          .put("java.util.concurrent.atomic.AtomicReference", REFERENCE)
          .put("dev.singleflight.SingleflightLoader", OUR_LOADER)
          .put("dev.singleflight.TenantLoader", OUR_LOADER)
          .buildOrThrow();

  /** What the methods of types that are only named like caches are called. */
  private static final ImmutableMap<Kind, Pattern> BY_NAME =
      ImmutableMap.of(
          Kind.READ,
          Pattern.compile(
              "(get|find|lookup|fetch|read|peek|contains|has|exists|hget|mget|hmget|retrieve)"
                  + "(IfPresent|All|Key|Or\\w+|Cached|Value|Entry|Async|[A-Z]\\w*)?"),
          Kind.PUT,
          Pattern.compile(
              "(put|set|setex|psetex|setEx|hset|mset|store|save|add|insert|cache|remember|keep"
                  + "|memoize|write)(All|IfAbsent|Value|Entry|With[A-Z]\\w*|[A-Z]\\w*)?"),
          Kind.DROP,
          Pattern.compile(
              "(remove|delete|del|erase|wipe|evict|invalidate|unlink|drop|discard|clear|flush|purge|reset|expire"
                  + "|hdel)(All|Key|Entry|IfPresent|[A-Z]\\w*)?"));

  private static final Pattern CACHE_TYPE =
      Pattern.compile("(?i).*(cache(?!d)|memo(?!ry)|redis|jedis|lettuce|hazelcast|memcache).*");
  private static final Pattern CACHE_VARIABLE =
      Pattern.compile("(?i)(.*cache|.*memo|memoized|.*cached(?!at).*|redis.*|.*redis|jedis)");

  /** What has to do with a cache and is none. */
  private static final Pattern NO_CACHE =
      Pattern.compile(
          "(?i).*(Config\\w*|Properties|Settings|Metrics?|Stats|Statistics|Keys?|KeyBuilder|Manager"
              + "|Factory|Builder|Loader|Spec|Names?|Exception|Event\\w*|Listener|Policy|Headers?"
              + "|Control|Warmer|Monitor|Options|Group|Flights?|Counter|Timer)");

  /** Methods that give another view of the same store. */
  private static final ImmutableSet<String> VIEWS =
      ImmutableSet.of(
          "asMap",
          "synchronous",
          "opsForValue",
          "opsForHash",
          "boundValueOps",
          "sync",
          "keySet",
          "values",
          "entrySet",
          "policy");

  private static final ImmutableSet<String> PARTS = ImmutableSet.of("keySet", "values", "entrySet");
  private static final ImmutableSet<String> BULK =
      ImmutableSet.of("removeIf", "removeAll", "retainAll", "clear", "remove");

  private static final Pattern WRITES =
      Pattern.compile(
          "(save|update|insert|persist|upsert|store|write|delete|remove|put|patch|replace|rename|set"
              + "|create|add|change|modify|edit|move|transfer|archive|apply|register|assign|revoke"
              + "|grant|mark)([A-Z]\\w*)?"
              + "|merge|execute|executeUpdate|batchUpdate|executeBatch|activate|deactivate|disable"
              + "|enable|flush|commit");

  /** What only changes data if it is told of which. */
  private static final Pattern WRITES_OF =
      Pattern.compile(
          "(block|unblock|close|reopen|cancel|suspend|resume|approve|reject|confirm|settle|book"
              + "|reserve|release|refund|append|attach|detach|link|unlink|promote|demote|ban|unban"
              + "|adjust|correct|flag|unflag|tag|untag|reprice|increment|decrement)([A-Z]\\w*)?");

  /** Makes ready to ask, and asks nothing yet. */
  private static final Pattern PREPARES =
      Pattern.compile(
          "create(Named|Native|SQL|Sql|Stored)?(Query|ProcedureQuery|StoredProcedure\\w*|ProcedureCall)"
              + "|create(Criteria|Alias|Statement|Filter)");

  private static final Pattern QUESTIONS =
      Pattern.compile("\\w*(Query|Criteria|Statement|Specification|Filter|Params|Parameters)");

  private static final Pattern FILLS = Pattern.compile("(set|add|register|append)([A-Z]\\w*)?");

  private final Types types;
  private final Map<Symbol, Optional<ImmutableMap<String, Kind>>> tables = new HashMap<>();

  StoreTypes(VisitorState state) {
    this.types = state.getTypes();
  }

  private static ImmutableMap.Builder<String, Kind> rows(Kind kind, String... methods) {
    return ImmutableMap.<String, Kind>builder().putAll(row(kind, methods));
  }

  private static ImmutableMap<String, Kind> row(Kind kind, String... methods) {
    ImmutableMap.Builder<String, Kind> rows = ImmutableMap.builder();
    for (String method : methods) {
      rows.put(method, kind);
    }
    return rows.buildOrThrow();
  }

  /** Whether a type is a store by the table. */
  boolean isKnown(@Nullable Type type) {
    return type != null && type.tsym instanceof ClassSymbol symbol && table(symbol) != null;
  }

  /** Whether a type keeps values, by the table or by its name. */
  boolean isStore(@Nullable Type type) {
    return isKnown(type) || isCacheName(Symbols.simpleName(type));
  }

  boolean isA(@Nullable Type type, String name) {
    if (type == null || !type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      if (supertype.tsym.getQualifiedName().contentEquals(name)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable ImmutableMap<String, Kind> table(Symbol type) {
    return tables
        .computeIfAbsent(
            type,
            symbol -> {
              if (symbol.type == null || !symbol.type.hasTag(TypeTag.CLASS)) {
                return Optional.empty();
              }
              for (Type supertype : types.closure(symbol.type)) {
                ImmutableMap<String, Kind> rows =
                    TYPES.get(supertype.tsym.getQualifiedName().toString());
                if (rows != null) {
                  return Optional.of(rows);
                }
              }
              return Optional.empty();
            })
        .orElse(null);
  }

  /** What a call or method reference does with the store it is made on, by the table; or null. */
  @Nullable Kind known(MethodSymbol method, @Nullable ExpressionTree receiver, Tree call) {
    String name = method.name.toString();
    if (receiver instanceof MethodInvocationTree view && isPart(view)) {
      return BULK.contains(name) ? Kind.DROP : null;
    }
    ImmutableMap<String, Kind> rows = table(method.owner);
    Kind kind = rows == null ? null : rows.get(name);
    int parameters = method.params().size();
    if (kind == Kind.DROP && name.equals("remove") && parameters == 2) {
      return Kind.DROP_SAME;
    }
    if (SPRING.equals(rows) && name.equals("get") && parameters == 2) {
      String last = Symbols.qualifiedName(method.params().get(1).type);
      return last.equals("java.util.concurrent.Callable") ? Kind.COMPUTE : Kind.READ;
    }
    return kind;
  }

  /** {@code cache.keySet()} and the like, of a store. */
  private boolean isPart(MethodInvocationTree view) {
    MethodSymbol method = Symbols.method(view);
    return method != null && PARTS.contains(method.name.toString()) && table(method.owner) != null;
  }

  /** What a call does with a store whose type, or whose variable, is only named like one. */
  @Nullable Kind named(MethodSymbol method, @Nullable ExpressionTree receiver) {
    if (receiver == null || method.isStatic()) {
      return null;
    }
    ExpressionTree root = root(receiver);
    String type = Symbols.simpleName(Symbols.typeOf(root));
    VarSymbol variable = Symbols.variable(root);
    boolean byType = isCacheName(type) || isCacheName(method.owner.name.toString());
    boolean byVariable =
        variable != null
            && CACHE_VARIABLE.matcher(variable.name).matches()
            && !NO_CACHE.matcher(type).matches();
    if (!byType && !byVariable) {
      return null;
    }
    for (Map.Entry<Kind, Pattern> row : BY_NAME.entrySet()) {
      if (row.getValue().matcher(method.name).matches()) {
        return row.getKey();
      }
    }
    return null;
  }

  static boolean isCacheName(String type) {
    return CACHE_TYPE.matcher(type).matches() && !NO_CACHE.matcher(type).matches();
  }

  /** The store behind its views. */
  static ExpressionTree root(ExpressionTree receiver) {
    ExpressionTree root = Symbols.strip(receiver);
    while (root instanceof MethodInvocationTree call) {
      MethodSymbol method = Symbols.method(call);
      ExpressionTree inner = Symbols.receiver(call);
      if (method == null || inner == null || !isView(method)) {
        break;
      }
      root = Symbols.strip(inner);
    }
    return root;
  }

  static boolean isView(MethodSymbol method) {
    return VIEWS.contains(method.name.toString());
  }

  /** Whether a call may write data to where it is kept for good. */
  static boolean isWrite(MethodSymbol method, @Nullable ExpressionTree receiver) {
    boolean writes =
        WRITES.matcher(method.name).matches()
            || (!method.params().isEmpty()
                && !method.isStatic() // a tool that closes what it is given
                && WRITES_OF.matcher(method.name).matches());
    if (receiver == null || !writes || prepares(method)) {
      return false;
    }
    String owner = method.owner.getQualifiedName().toString();
    return !owner.startsWith("java.")
        || owner.startsWith("java.sql.")
        || owner.equals("java.nio.file.Files");
  }

  /** {@code query.setParameter(…)}: what is asked is said, and nothing written. */
  private static boolean prepares(MethodSymbol method) {
    return PREPARES.matcher(method.name).matches()
        || (FILLS.matcher(method.name).matches() && QUESTIONS.matcher(method.owner.name).matches());
  }

  static @Nullable ExpressionTree receiver(ExpressionTree call) {
    if (call instanceof MethodInvocationTree invocation) {
      ExpressionTree receiver = Symbols.receiver(invocation);
      return receiver == null ? null : Symbols.strip(receiver);
    }
    return call instanceof MemberReferenceTree reference
        ? Symbols.strip(reference.getQualifierExpression())
        : null;
  }
}
