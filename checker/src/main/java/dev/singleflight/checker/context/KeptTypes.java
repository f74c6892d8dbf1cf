package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;

/** Whether what a store keeps may be what a read gives: by type, or by what the type holds. */
final class KeptTypes {
  /** What maps hold that is not what loads give. */
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "Integer|Long|Double|Number|Boolean|LongAdder|Atomic\\w+|\\w*Lock|Semaphore|Instant"
              + "|Duration|\\w*Counter|\\w*Timer|\\w*Executor\\w*|\\w*Group|Thread|CountDownLatch");

  private final Sources sources;
  private final Types types;

  KeptTypes(VisitorState state) {
    this.sources = Sources.of(state);
    this.types = state.getTypes();
  }

  /** Whether values of a store may be what a read returns, or hold it. */
  boolean isRelated(Type kept, MethodSymbol method, Site site) {
    Type result = site.call() == null ? null : Symbols.typeOf(site.tree());
    return isRelated(kept, method.getReturnType(), 0)
        || (result != null && isRelated(kept, result, 0));
  }

  private boolean isRelated(Type kept, Type result, int depth) {
    String name = Symbols.simpleName(kept);
    String wanted = Symbols.simpleName(result);
    if (name.equals(wanted) || name.equals("Object") || wanted.equals("Object")) {
      return true;
    }
    if (BOOKKEEPING.matcher(name).matches()) {
      return false;
    }
    if (!(kept.tsym instanceof ClassSymbol type) || !(result.tsym instanceof ClassSymbol)) {
      return true;
    }
    if (types.isSubtype(types.erasure(kept), types.erasure(result))
        || types.isSubtype(types.erasure(result), types.erasure(kept))) {
      return true;
    }
    if (depth > 2) {
      return false;
    }
    for (Type part : kept.getTypeArguments()) {
      if (isRelated(part, result, depth + 1)) {
        return true;
      }
    }
    for (Type part : result.getTypeArguments()) {
      if (isRelated(kept, part, depth + 1)) {
        return true;
      }
    }
    return holds(type, wanted);
  }

  /** Whether a class, such as a cache's entry, has a field of that type. */
  private boolean holds(ClassSymbol type, String wanted) {
    if (sources.classTree(type) == null) {
      return !Symbols.qualifiedName(type.type).startsWith("java.lang.");
    }
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol field
          && Symbols.isField(field)
          && (Symbols.simpleName(field.type).equals(wanted)
              || field.type.hasTag(TypeTag.TYPEVAR))) {
        return true;
      }
    }
    return false;
  }
}
