package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.suppliers.Supplier;
import com.google.errorprone.suppliers.Suppliers;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.api.RemoteCalls;
import dev.singleflight.checker.source.NameTest;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of maps that a hand-made memoizer is written with: look, load, put. */
final class MemoMethods {
  private static final ImmutableSet<String> LOOKS =
      ImmutableSet.of("get", "containsKey", "getOrDefault", "getIfPresent");

  private static final ImmutableSet<String> PUTS = ImmutableSet.of("put", "putIfAbsent");

  private static final Pattern LOCKS = Pattern.compile("lock|lock[A-Z]\\w*|\\w*Lock|acquire\\w*");

  private static final ImmutableSet<String> CACHES =
      ImmutableSet.of(
          "com.github.benmanes.caffeine.cache.Cache",
          "com.google.common.cache.Cache",
          "org.springframework.cache.Cache",
          "javax.cache.Cache");

  private static final Supplier<Type> MAP = Suppliers.typeFromString("java.util.Map");

  private final RemoteCalls remote;
  private final Types types;
  private final @Nullable Type map;
  private final NameTest looks = new NameTest(LOOKS::contains);
  private final NameTest puts = new NameTest(PUTS::contains);
  private final NameTest locks = new NameTest(LOCKS.asMatchPredicate());
  private final NameTest updates =
      new NameTest(name -> PUTS.contains(name) || name.equals("putAll"));

  MemoMethods(VisitorState state) {
    this.remote = RemoteCalls.of(state);
    this.types = state.getTypes();
    this.map = MAP.get(state);
  }

  /** What code that memoizes does. */
  enum Part {
    LOOK,
    PUT,
    UPDATE,
    ASK,
    LOCK
  }

  /** What a method does of that. */
  Set<Part> parts(MethodSymbol method) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (looksUp(method)) {
      parts.add(Part.LOOK);
    }
    if (puts(method)) {
      parts.add(Part.PUT);
    }
    if (updates.holds(method.name) && !method.params().isEmpty() && isOfStore(method)) {
      parts.add(Part.UPDATE);
    }
    if (remote.of(method) == RemoteCalls.Kind.REMOTE) {
      parts.add(Part.ASK);
    }
    if (locks.holds(method.name)) {
      parts.add(Part.LOCK);
    }
    return parts;
  }

  /** Whether code that does this may fill a map or a field under a lock. */
  static boolean fillUnderLock(Set<Part> parts) {
    return parts.contains(Part.LOCK)
        && (parts.contains(Part.ASK) || (parts.contains(Part.LOOK) && parts.contains(Part.UPDATE)));
  }

  /** Whether a method looks for an entry. */
  boolean looksUp(MethodSymbol method) {
    return looks.holds(method.name) && !method.params().isEmpty() && isOfStore(method);
  }

  /** Whether a method puts one. */
  boolean puts(MethodSymbol method) {
    return puts.holds(method.name) && method.params().size() == 2 && isOfStore(method);
  }

  private boolean isOfStore(MethodSymbol method) {
    Type owner = method.owner.type;
    return (map != null && types.isSubtype(types.erasure(owner), types.erasure(map)))
        || CACHES.contains(method.owner.getQualifiedName().toString());
  }
}
