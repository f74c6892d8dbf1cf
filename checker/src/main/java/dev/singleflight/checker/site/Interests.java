package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.util.Name;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the types and methods that code names have to do with coalescing, or with caches. */
final class Interests {
  private static final String OWN_PACKAGE = "dev.singleflight";

  private static final ImmutableSet<String> OWN_ANNOTATIONS =
      ImmutableSet.of("Shared", "Coalescing");

  private final Apis apis;
  private final NameTest own = new NameTest(name -> isIn(name, OWN_PACKAGE));
  private final NameTest packages;
  private final NameTest forgets = new NameTest(name -> name.startsWith("forget"));
  private final NameTest enables = new NameTest("EnableCaching"::equals);
  private final NameTest ownAnnotations = new NameTest(OWN_ANNOTATIONS::contains);
  private final Map<Symbol, Interest> known = new HashMap<>();

  Interests(Apis apis) {
    this.apis = apis;
    this.packages =
        new NameTest(name -> apis.packages().stream().anyMatch(pack -> isIn(name, pack)));
  }

  private static boolean isIn(String name, String pack) {
    return name.equals(pack) || name.startsWith(pack + ".");
  }

  /** What a use of something says about the member that it stands in. */
  enum Interest {
    NONE,
    /** Named as what forgets a flight is: of interest where something coalesces. */
    FORGETS,
    CACHES,
    COALESCES
  }

  /** Of a type: whether it belongs to what coalesces or caches, or is annotated as such. */
  Interest of(@Nullable Symbol type) {
    if (type == null) {
      return Interest.NONE;
    }
    Interest interest = known.get(type);
    if (interest == null) {
      Symbol pack = Symbols.enclosingPackage(type);
      interest =
          pack != null && own.holds(pack.getQualifiedName())
              ? Interest.COALESCES
              : pack != null && packages.holds(pack.getQualifiedName())
                  ? Interest.CACHES
                  : annotated(type);
      known.put(type, interest);
    }
    return interest;
  }

  /** Of anything: by what is written on it. */
  Interest annotated(Symbol symbol) {
    Interest found = Interest.NONE;
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      Name name = annotation.type.tsym.name;
      if (ownAnnotations.holds(name)
          && (name.contentEquals("Coalescing") || Symbols.isMarked(symbol, "Shared"))) {
        return Interest.COALESCES;
      }
      if (enables.holds(name)) {
        found = Interest.CACHES;
      }
    }
    return found == Interest.NONE && apis.isAnnotated(symbol) ? Interest.CACHES : found;
  }

  private static Interest of(@Nullable Api api) {
    return api == null
        ? Interest.NONE
        : api.has(Trait.COALESCES) ? Interest.COALESCES : Interest.CACHES;
  }

  /** Of a method that is declared: by what it is, and what is written on it. */
  Interest ofDeclared(MethodSymbol method) {
    Interest interest = of(apis.match(method));
    return interest == Interest.NONE ? annotated(method) : interest;
  }

  /** Of a call of a method. */
  Interest ofCall(MethodSymbol method) {
    Interest interest = of(apis.match(method));
    if (interest == Interest.NONE) {
      interest = of(method.owner);
    }
    if (interest == Interest.NONE) {
      interest = annotated(method);
    }
    return interest == Interest.NONE && forgets.holds(method.name) ? Interest.FORGETS : interest;
  }
}
