package dev.singleflight.checker.site;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.site.Interests.Interest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls what, who reads the fields of which file, and who looks for an entry of what a field
 * holds: as far as files have been read, and written down by {@link CallReader}.
 *
 * <p>Who calls is a method, or a class for what its fields and initialisers do; what is inside a
 * method, classes too, counts to the method.
 */
final class Calls {
  private final Interests interests;
  private final MemoMethods memos;
  private final Types types;
  private final Map<MethodSymbol, Called> called = new HashMap<>();
  private final Map<ClassSymbol, Set<ClassSymbol>> readers = new HashMap<>();
  private final Map<VarSymbol, Set<Symbol>> lookers = new HashMap<>();
  private final Set<Symbol> askers = new HashSet<>();
  private final Set<VarSymbol> filled = new HashSet<>();

  Calls(VisitorState state, Interests interests, MemoMethods memos) {
    this.types = state.getTypes();
    this.interests = interests;
    this.memos = memos;
  }

  /** A method that is called: what it is, and by whom. */
  static final class Called {
    private final Interest interest;
    private final boolean source;

    /** What it does of what memoizers do. */
    private final Set<MemoMethods.Part> parts;

    private final boolean ofStore;
    private final List<Symbol> from = new ArrayList<>(1);
    private @Nullable Symbol last;

    Called(Interest interest, boolean source, Set<MemoMethods.Part> parts) {
      this.interest = interest;
      this.source = source;
      this.parts = parts;
      this.ofStore =
          interest == Interest.CACHES
              || parts.contains(MemoMethods.Part.LOOK)
              || parts.contains(MemoMethods.Part.PUT);
    }

    Interest interest() {
      return interest;
    }

    Set<MemoMethods.Part> parts() {
      return parts;
    }

    /** Whether it may look into a map or cache, or put something there. */
    boolean isOfStore() {
      return ofStore;
    }

    boolean isSource() {
      return source;
    }

    List<Symbol> from() {
      return from;
    }

    /** Takes note of a caller; false if its call before this one was of the same method. */
    boolean add(Symbol caller) {
      if (last == caller) {
        return false;
      }
      last = caller;
      from.add(caller);
      return true;
    }
  }

  Called called(MethodSymbol method) {
    Called known = called.get(method);
    if (known == null) {
      known =
          new Called(
              interests.ofCall(method),
              Sources.isSource(Symbols.outermostClass(method)),
              memos.parts(method));
      called.put(method, known);
    }
    return known;
  }

  Map<MethodSymbol, Called> all() {
    return called;
  }

  List<Symbol> callers(MethodSymbol method) {
    Called known = called.get(method);
    return known == null ? List.of() : known.from;
  }

  /** Those who call a member, by the name of a method that it overrides too. */
  Set<Symbol> callersOfAny(Symbol member) {
    if (!(member instanceof MethodSymbol method)) {
      return Set.of();
    }
    Set<Symbol> callers = new LinkedHashSet<>(callers(method));
    for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, types)) {
      callers.addAll(callers(overridden));
    }
    return callers;
  }

  void addReader(ClassSymbol of, ClassSymbol reader) {
    readers.computeIfAbsent(of, type -> new HashSet<>()).add(reader);
  }

  /** The files that read fields of one. */
  Set<ClassSymbol> readers(ClassSymbol file) {
    return readers.getOrDefault(file, Set.of());
  }

  void addLooker(VarSymbol field, Symbol looker) {
    lookers.computeIfAbsent(field, f -> new HashSet<>()).add(looker);
  }

  void addFilled(VarSymbol field) {
    filled.add(field);
  }

  /** The fields whose maps or caches loads may fill: by what an API loads, or by hand. */
  Set<VarSymbol> filled() {
    return filled;
  }

  void addAsker(Symbol asker) {
    askers.add(asker);
  }

  /** Who calls an API that caches, on what a field holds. */
  Set<Symbol> askers() {
    return askers;
  }

  /** Who looks for an entry of the map that a field holds. */
  Set<Symbol> lookers(VarSymbol field) {
    return lookers.getOrDefault(field, Set.of());
  }
}
