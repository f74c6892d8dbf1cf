package dev.singleflight.checker.site;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCClassDecl;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import com.sun.tools.javac.tree.JCTree.JCMethodDecl;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.tree.JCTree.JCVariableDecl;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.site.Interests.Interest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Types types;
  private final MemoMethods memos;
  private final Accessors accessors;
  private final Interests interests;
  private final Map<MethodSymbol, Called> called = new HashMap<>();

  /** Which files read fields of which. */
  private final Map<ClassSymbol, Set<ClassSymbol>> readers = new HashMap<>();

  private final Deque<Symbol> open = new ArrayDeque<>();
  private final Set<Symbol> reached = new HashSet<>();
  private final Set<ClassSymbol> files = new HashSet<>();

  /** What names or calls caches of others: of no interest to what coalesces where nothing does. */
  private final Set<Symbol> cachers = new HashSet<>();

  private final Set<ClassSymbol> cacheFiles = new HashSet<>();
  private boolean anyCoalesces;
  private final Set<ClassSymbol> users = new HashSet<>();
  private List<ClassSymbol> unread = new ArrayList<>();
  private @Nullable CompilationUnitTree asked;

  private Reach(VisitorState state) {
    this.sources = Sources.of(state);
    this.memos = new MemoMethods(state);
    this.accessors = new Accessors(memos);
    this.interests = new Interests(Apis.of(state));
    this.types = state.getTypes();
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
        Reader reader = new Reader(type);
        reader.scan((JCTree) tree);
        if (MemoMethods.fillUnderLock(reader.parts)) {
          cacheFiles.add(type);
        }
        more = true;
      }
    }
    unread = later;
    if (more) {
      accessors
          .memoizers(this::callers)
          .forEach(
              (field, members) -> {
                add(field, cacheFiles);
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
    called.forEach(
        (method, by) -> {
          if (by.source
              && cachers.contains(method)
              && (method.getReturnType().hasTag(TypeTag.ARRAY)
                  || !method.getReturnType().getTypeArguments().isEmpty())) {
            by.from.forEach(caller -> add(caller, cacheFiles));
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
      if (member instanceof MethodSymbol method) {
        open.addAll(callers(method));
        for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, types)) {
          open.addAll(callers(overridden));
        }
      }
    }
    called.forEach(
        (method, by) -> {
          if (by.source && files.contains(Symbols.outermostClass(method))) {
            by.from.forEach(caller -> add(caller, users));
          }
        });
    files.forEach(file -> users.addAll(readers.getOrDefault(file, Set.of())));
  }

  private static void add(Symbol member, Set<ClassSymbol> files) {
    ClassSymbol file = Symbols.outermostClass(member);
    if (file != null) {
      files.add(file);
    }
  }

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

  /** javac's own scanner: it costs half of what the tree API's does, and this reads everything. */
  private final class Reader extends TreeScanner {
    private final ClassSymbol file;
    private Symbol member;

    /** What has been seen of what memoizers do. */
    private final Set<MemoMethods.Part> parts = EnumSet.noneOf(MemoMethods.Part.class);

    /** The member that was last seen to look for an entry of a map. */
    private @Nullable Symbol looking;

    Reader(ClassSymbol file) {
      this.file = file;
      this.member = file;
    }

    @Override
    public void visitClassDef(JCClassDecl node) {
      Symbol around = member;
      ClassSymbol type = node.sym;
      if (type != null) {
        if (around instanceof ClassSymbol) {
          member = type;
        }
        note(member, interests.of(type));
        note(member, interests.of(type.getSuperclass().tsym));
        for (Type parent : type.getInterfaces()) {
          note(member, interests.of(parent.tsym));
        }
      }
      scan(node.defs);
      member = around;
    }

    @Override
    public void visitMethodDef(JCMethodDecl node) {
      Symbol around = member;
      MethodSymbol method = node.sym;
      if (method != null) {
        if (around instanceof ClassSymbol) {
          member = method;
        }
        note(member, interests.ofDeclared(method));
        if ((method.flags() & Flags.SYNCHRONIZED) != 0) {
          parts.add(MemoMethods.Part.LOCK);
        }
        accessors.see(node);
      }
      scan(node.params);
      scan(node.body);
      member = around;
    }

    @Override
    public void visitVarDef(JCVariableDecl node) {
      VarSymbol variable = node.sym;
      if (variable != null) {
        note(member, interests.of(variable.type.tsym));
        note(member, interests.annotated(variable));
      }
      scan(node.init);
    }

    @Override
    public void visitApply(JCMethodInvocation node) {
      add(TreeInfo.symbol(node.meth));
      super.visitApply(node);
    }

    @Override
    public void visitSynchronized(JCTree.JCSynchronized node) {
      parts.add(MemoMethods.Part.LOCK);
      super.visitSynchronized(node);
    }

    @Override
    public void visitReference(JCMemberReference node) {
      add(node.sym);
      super.visitReference(node);
    }

    @Override
    public void visitNewClass(JCNewClass node) {
      add(node.constructor);
      super.visitNewClass(node);
    }

    @Override
    public void visitSelect(JCFieldAccess node) {
      if (node.sym instanceof VarSymbol field
          && field.owner instanceof ClassSymbol owner
          && owner != file
          && Sources.isSource(owner)) {
        readers.computeIfAbsent(owner.outermostClass(), type -> new HashSet<>()).add(file);
      }
      super.visitSelect(node);
    }

    @Override
    public void visitTypeApply(JCTree.JCTypeApply node) {}

    @Override
    public void visitAnnotation(JCTree.JCAnnotation node) {}

    private void add(@Nullable Symbol symbol) {
      Called called = symbol instanceof MethodSymbol method ? called(method) : null;
      if (called == null || called.last == member) {
        return;
      }
      called.last = member;
      note(member, called.interest);
      called.from.add(member);
      parts.addAll(called.parts);
      if (called.parts.contains(MemoMethods.Part.LOOK)) {
        looking = member;
      } else if (called.parts.contains(MemoMethods.Part.PUT) && looking == member) {
        Reach.add(member, cacheFiles); // no cache that a loader would write
      }
    }
  }

  /** A method that is called: what it is, and by whom. */
  private static final class Called {
    private final Interest interest;
    private final boolean source;

    /** What it does of what memoizers do. */
    private final Set<MemoMethods.Part> parts;

    private final List<Symbol> from = new ArrayList<>(1);
    private @Nullable Symbol last;

    Called(Interest interest, boolean source, Set<MemoMethods.Part> parts) {
      this.interest = interest;
      this.source = source;
      this.parts = parts;
    }
  }

  private Called called(MethodSymbol method) {
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

  /** The methods that are called, as far as code has been read. */
  Set<MethodSymbol> called() {
    return called.keySet();
  }

  /** The members that call a method, as far as they have been read. */
  public List<Symbol> callers(MethodSymbol method) {
    Called known = called.get(method);
    return known == null ? List.of() : known.from;
  }
}
