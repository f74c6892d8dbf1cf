package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCAnnotation;
import com.sun.tools.javac.tree.JCTree.JCClassDecl;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import com.sun.tools.javac.tree.JCTree.JCMethodDecl;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.tree.JCTree.JCTypeApply;
import com.sun.tools.javac.tree.JCTree.JCVariableDecl;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Name;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final ImmutableList<String> PACKAGES =
      ImmutableList.of(
          "dev.singleflight",
          "com.github.benmanes.caffeine.cache",
          "com.google.common.cache",
          "org.springframework.cache",
          "javax.cache",
          "jakarta.cache",
          "com.alicp.jetcache");

  /** Of methods, types and variables that are looked at wherever they are used. */
  private static final ImmutableSet<String> ANNOTATIONS =
      ImmutableSet.of(
          "Shared", "Coalescing", "Cacheable", "CacheResult", "Cached", "EnableCaching");

  private final Sources sources;
  private final Apis apis;
  private final Types types;
  private final NameTest packages =
      new NameTest(
          name -> PACKAGES.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + ".")));
  private final NameTest forgets = new NameTest(name -> name.startsWith("forget"));
  private final NameTest annotations = new NameTest(ANNOTATIONS::contains);
  private final Map<Symbol, Boolean> special = new HashMap<>();
  private final Map<MethodSymbol, Called> called = new HashMap<>();

  /** Which files read fields of which. */
  private final Map<ClassSymbol, Set<ClassSymbol>> readers = new HashMap<>();

  private final Deque<Symbol> open = new ArrayDeque<>();
  private final Set<Symbol> reached = new HashSet<>();
  private final Set<ClassSymbol> files = new HashSet<>();
  private final Set<ClassSymbol> users = new HashSet<>();
  private List<ClassSymbol> unread = new ArrayList<>();
  private @Nullable CompilationUnitTree asked;

  private Reach(VisitorState state) {
    this.sources = Sources.of(state);
    this.apis = Apis.of(state);
    this.types = state.getTypes();
    for (ClassSymbol type : sources.classes()) {
      if (type.owner.kind == Kinds.Kind.PCK) {
        unread.add(type);
      }
    }
  }

  /** Whether the file that {@code state} stands in is one of these. */
  public static boolean has(VisitorState state) {
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
    return reach.has(unit);
  }

  private boolean has(CompilationUnitTree unit) {
    for (Tree declaration : unit.getTypeDecls()) {
      if (Symbols.of(declaration) instanceof ClassSymbol type && has(type)) {
        return true;
      }
    }
    return false;
  }

  private boolean has(ClassSymbol outermost) {
    return files.contains(outermost) || users.contains(outermost);
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
        new Reader(type).scan((JCTree) tree);
        more = true;
      }
    }
    unread = later;
    if (more) {
      spread();
    }
  }

  /** To what calls what has been reached, and in the end to what uses these files. */
  private void spread() {
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

  /** Whether a type is one of a library that coalesces or caches, or is annotated as such. */
  private boolean isSpecial(@Nullable Symbol type) {
    if (type == null) {
      return false;
    }
    Boolean known = special.get(type);
    if (known == null) {
      Symbol pack = Symbols.enclosingPackage(type);
      known = (pack != null && packages.holds(pack.getQualifiedName())) || isAnnotated(type);
      special.put(type, known);
    }
    return known;
  }

  private boolean isAnnotated(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      Name name = annotation.type.tsym.name;
      if (annotations.holds(name)) {
        return true;
      }
    }
    return false;
  }

  /** javac's own scanner: it costs half of what the tree API's does, and this reads everything. */
  private final class Reader extends TreeScanner {
    private final ClassSymbol file;
    private Symbol member;

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
        if (isSpecial(type) || isSpecial(type.getSuperclass().tsym)) {
          open.add(member);
        }
        for (Type parent : type.getInterfaces()) {
          if (isSpecial(parent.tsym)) {
            open.add(member);
          }
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
        if (apis.match(method) != null || isAnnotated(method)) {
          open.add(member);
        }
      }
      scan(node.params);
      scan(node.body);
      member = around;
    }

    @Override
    public void visitVarDef(JCVariableDecl node) {
      VarSymbol variable = node.sym;
      if (variable != null && (isSpecial(variable.type.tsym) || isAnnotated(variable))) {
        open.add(member);
      }
      scan(node.init);
    }

    @Override
    public void visitApply(JCMethodInvocation node) {
      add(TreeInfo.symbol(node.meth));
      super.visitApply(node);
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
    public void visitTypeApply(JCTypeApply node) {}

    @Override
    public void visitAnnotation(JCAnnotation node) {}

    private void add(@Nullable Symbol symbol) {
      Called called = symbol instanceof MethodSymbol method ? called(method) : null;
      if (called != null && called.last != member) {
        called.last = member;
        if (called.special) {
          open.add(member);
        }
        if (called.source) {
          called.from.add(member);
        }
      }
    }
  }

  /** A method that is called: what it is, and by whom. */
  private static final class Called {
    private final boolean special;
    private final boolean source;
    private final List<Symbol> from = new ArrayList<>(1);
    private @Nullable Symbol last;

    Called(boolean special, boolean source) {
      this.special = special;
      this.source = source;
    }
  }

  private Called called(MethodSymbol method) {
    Called known = called.get(method);
    if (known == null) {
      known =
          new Called(
              apis.match(method) != null
                  || isSpecial(method.owner)
                  || isAnnotated(method)
                  || forgets.holds(method.name),
              Sources.isSource(Symbols.outermostClass(method)));
      called.put(method, known);
    }
    return known;
  }

  private List<Symbol> callers(MethodSymbol method) {
    Called known = called.get(method);
    return known == null ? List.of() : known.from;
  }
}
