package dev.singleflight.checker.site;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.site.Interests.Interest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which files can have to do with coalescing: they name what coalesces or caches, call what does,
 * or use a file that does. Of a large program that is little, and a file that has not need not be
 * looked at any further: that is what makes the checks cheap where they have nothing to say.
 *
 * <p>All files are read once, for calls only.
 */
public final class Reach {
  private static final Context.Key<Reach> KEY = new Context.Key<>();

  private final Sources sources;
  private final Accessors accessors;
  private final Interests interests;
  private final Calls calls;

  private final Deque<Symbol> open = new ArrayDeque<>();
  private final Set<Symbol> reached = new HashSet<>();
  private final Set<ClassSymbol> files = new HashSet<>();

  /** What names or calls caches of others: of no interest to what coalesces where nothing does. */
  private final Set<Symbol> cachers = new HashSet<>();

  private final Set<ClassSymbol> cacheFiles = new HashSet<>();
  private final Set<ClassSymbol> lockFiles = new HashSet<>();
  private boolean anyCoalesces;
  private final Set<ClassSymbol> users = new HashSet<>();
  private List<ClassSymbol> unread = new ArrayList<>();
  private @Nullable CompilationUnitTree asked;

  private Reach(VisitorState state) {
    this.sources = Sources.of(state);
    MemoMethods memos = new MemoMethods(state);
    this.accessors = new Accessors(memos);
    this.interests = new Interests(Apis.of(state));
    this.calls = new Calls(state, interests, memos);
    for (ClassSymbol type : sources.classes()) {
      if (type.owner.kind == Kinds.Kind.PCK) {
        unread.add(type);
      }
    }
  }

  /** What is known where {@code state} stands. */
  public static Reach of(VisitorState state) {
    Reach reach = state.context.get(KEY);
    if (reach == null) {
      reach = new Reach(state);
      state.context.put(KEY, reach);
      reach.sources.only(reach::has);
    }
    CompilationUnitTree unit = state.getPath().getCompilationUnit();
    if (reach.asked != unit) {
      reach.asked = unit;
      reach.read();
    }
    return reach;
  }

  /** Whether a file has to do with coalescing or with a cache. */
  public boolean has(CompilationUnitTree unit) {
    return any(unit, this::has);
  }

  /** Whether a file coalesces, or uses what does. */
  public boolean coalesces(CompilationUnitTree unit) {
    return any(unit, this::coalesces);
  }

  /** Whether the file of a class does. */
  public boolean coalesces(ClassSymbol type) {
    ClassSymbol outermost = type.outermostClass();
    return files.contains(outermost) || users.contains(outermost);
  }

  /** Whether a file loads into a cache or map of others. */
  public boolean caches(CompilationUnitTree unit) {
    return any(unit, cacheFiles::contains);
  }

  /** Whether a file may fill a map or field under a lock. */
  public boolean fillsUnderLock(CompilationUnitTree unit) {
    return any(unit, lockFiles::contains);
  }

  private boolean has(ClassSymbol outermost) {
    return coalesces(outermost) || cacheFiles.contains(outermost);
  }

  private static boolean any(CompilationUnitTree unit, Predicate<ClassSymbol> condition) {
    for (Tree declaration : unit.getTypeDecls()) {
      if (Symbols.of(declaration) instanceof ClassSymbol type && condition.test(type)) {
        return true;
      }
    }
    return false;
  }

  private void read() {
    List<ClassSymbol> later = new ArrayList<>();
    boolean more = false;
    for (ClassSymbol type : unread) {
      if ((type.flags_field & Flags.UNATTRIBUTED) != 0) {
        later.add(type);
        continue;
      }
      ClassTree tree = sources.topLevel(type);
      if (tree != null) {
        CallReader reader = new CallReader(type, calls, interests, accessors, notes);
        if (MemoMethods.fillUnderLock(reader.read((JCTree) tree))) {
          cacheFiles.add(type);
          lockFiles.add(type);
        }
        more = true;
      }
    }
    unread = later;
    if (more) {
      accessors
          .memoizers(calls::callers)
          .forEach(
              (field, members) -> {
                add(field, cacheFiles);
                calls.addFilled(field);
                members.forEach(member -> add(member, cacheFiles));
              });
      spreadCached();
      spread();
    }
  }

  /**
   * To who is given what a cache holds: by a method that loads into one and returns a container.
   */
  private void spreadCached() {
    calls
        .all()
        .forEach(
            (method, by) -> {
              if (by.isSource()
                  && cachers.contains(method)
                  && (method.getReturnType().hasTag(TypeTag.ARRAY)
                      || !method.getReturnType().getTypeArguments().isEmpty())) {
                by.from().forEach(caller -> add(caller, cacheFiles));
              }
            });
  }

  /** To what calls what has been reached, and in the end to what uses these files. */
  private void spread() {
    if (!anyCoalesces) {
      return;
    }
    open.addAll(cachers);
    cachers.clear();
    while (!open.isEmpty()) {
      Symbol member = open.remove();
      if (!reached.add(member)) {
        continue;
      }
      add(member, files);
      open.addAll(calls.callersOfAny(member));
    }
    calls
        .all()
        .forEach(
            (method, by) -> {
              if (by.isSource() && files.contains(Symbols.outermostClass(method))) {
                by.from().forEach(caller -> add(caller, users));
              }
            });
    files.forEach(file -> users.addAll(calls.readers(file)));
  }

  private static void add(Symbol member, Set<ClassSymbol> files) {
    ClassSymbol file = Symbols.outermostClass(member);
    if (file != null) {
      files.add(file);
    }
  }

  private final CallReader.Notes notes =
      new CallReader.Notes() {
        @Override
        public void names(Symbol member, Interest interest) {
          note(member, interest);
        }

        @Override
        public void memoizes(Symbol member) {
          add(member, cacheFiles);
        }
      };

  private void note(Symbol member, Interest interest) {
    switch (interest) {
      case NONE -> {}
      case FORGETS -> cachers.add(member);
      case CACHES -> {
        cachers.add(member);
        add(member, cacheFiles);
      }
      case COALESCES -> {
        anyCoalesces = true;
        open.add(member);
      }
    }
  }

  /** The methods that are called, as far as code has been read. */
  public Set<MethodSymbol> called() {
    return calls.all().keySet();
  }

  /** The members that call a method, as far as they have been read. */
  public List<Symbol> callers(MethodSymbol method) {
    return calls.callers(method);
  }

  /** The members that call one, or a method that it overrides, as far as they have been read. */
  public Set<Symbol> callersOfAny(Symbol member) {
    return calls.callersOfAny(member);
  }

  /** Who calls an API that caches, on what a field holds, as far as code has been read. */
  public Set<Symbol> askers() {
    return calls.askers();
  }

  /** The fields whose maps or caches loads may fill, as far as code has been read. */
  public Set<VarSymbol> filled() {
    return calls.filled();
  }

  /**
   * Who looks for an entry of the map that a field holds, as far as code has been read; for what
   * fields and initialisers do, their class.
   */
  public Set<Symbol> lookers(VarSymbol field) {
    return calls.lookers(field);
  }

  /** How much has been read; what was told from less may have to be told again. */
  public int size() {
    return calls.all().size();
  }
}
