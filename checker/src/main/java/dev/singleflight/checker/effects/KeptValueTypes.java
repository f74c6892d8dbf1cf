package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;

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

  private final Types types;
  private final Mutators mutators;

  KeptValueTypes(VisitorState state) {
    this.types = state.getTypes();
    this.mutators = new Mutators(state);
  }

  /** Whether a type is that of a map or cache. */
  boolean isStore(Type type) {
    if (type.tsym == null) {
      return false;
    }
    for (Type supertype : types.closure(type.tsym.type)) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (name.equals("java.util.Map")
          || name.matches(
              "com\\.(github\\.benmanes\\.caffeine|google\\.common)\\.cache\\.\\w*Cache")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value is of a type that says something, and is not there to be changed. */
  boolean holdsValues(Term term) {
    Type type = term instanceof Term.Call call ? Symbols.typeOf(call.tree()) : Inputs.typeOf(term);
    if (type == null || !(type.tsym instanceof Symbol.ClassSymbol symbol)) {
      return true;
    }
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
