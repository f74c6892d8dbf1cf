package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which types keep values, and which are those of values: what is in most maps is there to change.
 */
final class KeptValueTypes {
  /** Named for what they do or keep, and not for what they say. */
  private static final Pattern STATE =
      Pattern.compile(
          ".*(Cache|Registry|Manager|Service|Client|Connection|Session|Context|State|Status|Counter"
              + "|Stats|Statistics|Metrics?|Lock|Queue|Pool|Builder|Handler|Listener|Factory|Provider"
              + "|Executor|Channel|Container|Store|Repository|Writer|Reader|Stream|Buffer|Tracker"
              + "|Monitor|Holder|Task|Job|Future|Adder|Subscription|Controller|Processor|Scheduler"
              + "|Group|Partition|Topic|Transaction|Cursor|Iterator|Thread|Format|Formatter|Digest"
              + "|Cipher|Random|Logger|Engine|Node|Visitor|Supplier)(Impl)?");

  private static final Pattern MAPS = Pattern.compile("java\\.util\\.Map");

  private static final Pattern CACHES =
      Pattern.compile("com\\.(github\\.benmanes\\.caffeine|google\\.common)\\.cache\\.\\w*Cache");

  private static final Pattern SETTERS = Pattern.compile("(set|add|put|remove|clear)([A-Z]\\w*)?");

  private static final Pattern FIXED =
      Pattern.compile(
          "java\\.lang\\.(Object|String|Integer|Long|Short|Byte|Character|Boolean|Double|Float|Class)"
              + "|java\\.math\\.\\w+|java\\.time\\.\\w+|java\\.util\\.UUID");

  private final Types types;
  private final Mutators mutators;
  private final Map<Symbol, Boolean> known = new HashMap<>();

  KeptValueTypes(VisitorState state) {
    this.types = state.getTypes();
    this.mutators = new Mutators(state);
  }

  /** Whether a type is that of a map or cache. */
  boolean isStore(Type type) {
    return is(type, MAPS) || isCache(type);
  }

  /** Whether a type is that of a cache of a library's. */
  boolean isCache(Type type) {
    return is(type, CACHES);
  }

  private boolean is(Type type, Pattern names) {
    return type.tsym != null
        && types.closure(type.tsym.type).stream()
            .anyMatch(supertype -> names.matcher(supertype.tsym.getQualifiedName()).matches());
  }

  /**
   * Whether what a map or cache of this type holds may be values that can be changed, as far as the
   * type tells: an abstract type of the sources that offers nothing to set stands for what is done,
   * a variable or {@code Object} for anything.
   */
  boolean mayHoldValues(Type store) {
    List<Type> arguments = store.getTypeArguments();
    return arguments.isEmpty() || mayBeValue(arguments.get(arguments.size() - 1));
  }

  private boolean mayBeValue(Type type) {
    boolean abstracts =
        type.tsym instanceof Symbol.ClassSymbol symbol
            && (symbol.flags() & Flags.ABSTRACT) != 0
            && Sources.isSource(symbol)
            && !hasSetter(symbol);
    return !type.hasTag(TypeTag.TYPEVAR)
        && !abstracts
        && !FIXED.matcher(Symbols.qualifiedName(type)).matches()
        && holdsValues(type);
  }

  private static boolean hasSetter(Symbol.ClassSymbol type) {
    return type.members()
        .getSymbols(
            member ->
                member instanceof Symbol.MethodSymbol
                    && SETTERS.matcher(member.getSimpleName()).matches())
        .iterator()
        .hasNext();
  }

  /**
   * Whether what is changed is a collection, an array or another of the JDK's own, by its own
   * methods: of these it is known what a change is, while an object of the application may be meant
   * to be told of things.
   */
  static boolean isOfJdk(Mutation change) {
    ExpressionTree receiver =
        change.at() instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
    MethodSymbol method = Symbols.method(change.at());
    Type type =
        receiver != null && method != null && !method.isStatic()
            ? Symbols.typeOf(receiver)
            : typeOf(change.object());
    return type != null
        && (type.hasTag(TypeTag.ARRAY) || Symbols.qualifiedName(type).startsWith("java."));
  }

  private static @Nullable Type typeOf(Term term) {
    return term instanceof Term.Call call ? Symbols.typeOf(call.tree()) : Inputs.typeOf(term);
  }

  /** Whether a value is of a type that says something, and is not there to be changed. */
  boolean holdsValues(Term term) {
    Type type = typeOf(term);
    return holdsValues(type != null && type.hasTag(TypeTag.TYPEVAR) ? type.getUpperBound() : type);
  }

  /** Whether a type may be one that says something; so may be what is not known to be a class. */
  boolean holdsValues(@Nullable Type type) {
    return type == null
        || !(type.tsym instanceof Symbol.ClassSymbol symbol)
        || known.computeIfAbsent(symbol, s -> isOfValues(type, symbol));
  }

  private boolean isOfValues(Type type, Symbol.ClassSymbol symbol) {
    if (mutators.isSafe(type) || STATE.matcher(symbol.name).matches()) {
      return false;
    }
    for (Type supertype : types.closure(types.erasure(type))) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (name.matches(
              "java\\.util\\.(Queue|Iterator|Enumeration)|java\\.nio\\..*|java\\.lang\\.AutoCloseable")
          || name.endsWith("Multimap")) {
        return false;
      }
    }
    return true;
  }
}
