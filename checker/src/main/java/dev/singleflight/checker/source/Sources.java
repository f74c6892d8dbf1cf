// Over 400 lines: each kind of declaration is a few lines over the one index of a file.
package dev.singleflight.checker.source;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.api.JavacTrees;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one javac call, found by symbol. A class is indexed in one pass when something in
 * it is first asked for; classes from the class path have no source, and neither has what javac has
 * already dropped (see {@code compilePolicy}).
 */
public final class Sources {
  private static final Context.Key<Sources> KEY = new Context.Key<>();

  private final JavacTrees trees;
  private final Implementations implementations;
  private final Map<ClassSymbol, Index> indexes = new HashMap<>();
  private final IdentityHashMap<Tree, Member> members = new IdentityHashMap<>();
  private @Nullable Creations creations;
  private Predicate<ClassSymbol> matters = outermost -> true;

  private Sources(VisitorState state) {
    this.trees = JavacTrees.instance(state.context);
    this.implementations = new Implementations(state);
  }

  public static Sources of(VisitorState state) {
    Sources sources = state.context.get(KEY);
    if (sources == null) {
      sources = new Sources(state);
      state.context.put(KEY, sources);
    }
    return sources;
  }

  /** Leaves out the files whose top-level classes do not matter where all are looked through. */
  public void only(Predicate<ClassSymbol> outermost) {
    matters = outermost;
  }

  /** Whether a top-level class is worth looking into where all are looked through. */
  boolean matters(ClassSymbol outermost) {
    return matters.test(outermost);
  }

  /** The declaration of a method with a body; null where it has none or there is no source. */
  public @Nullable MethodTree method(MethodSymbol method) {
    MethodTree tree = index(method).methods.get(method);
    return tree == null || tree.getBody() == null ? null : tree;
  }

  /** The method that runs when {@code method} is called, as far as the sources can tell. */
  public MethodSymbol target(MethodSymbol method) {
    MethodSymbol only = implementations.only(method);
    return only == null || isStandIn(only) ? method : only;
  }

  /**
   * Whether a method does nothing with what it is given, as a null object's: where that is the only
   * implementation here, the real one is elsewhere.
   */
  private boolean isStandIn(MethodSymbol method) {
    MethodTree tree = method.params().isEmpty() ? null : method(method);
    return tree != null
        && tree.getBody().getStatements().size() <= 1
        && Conditions.reads(tree.getBody()).isEmpty();
  }

  /** The member that the code of {@code tree}, a declaration found here, belongs to. */
  public @Nullable Member member(Tree tree, Symbol owner) {
    Index index = index(owner);
    Tree root = index.roots.get(tree);
    ClassSymbol type = root == null ? null : index.types.get(root);
    return root == null || type == null
        ? null
        : members.computeIfAbsent(root, r -> new Member(r, type));
  }

  public @Nullable VariableTree field(VarSymbol field) {
    return index(field).fields.get(field);
  }

  /** The values that the sources assign to a field, its initialiser among them. */
  public List<FieldWrite> writes(VarSymbol field) {
    return index(field).writes.get(field);
  }

  /**
   * Calls made on what a field holds, and assignments to an element or a field of that: all there
   * are in the field's own file.
   */
  public List<Use> touches(VarSymbol field) {
    return index(field).touches.get(field);
  }

  /** Calls of a private method: all there are. */
  public List<Use> callsOf(MethodSymbol privateMethod) {
    return index(privateMethod).calls.get(privateMethod);
  }

  /**
   * Every use of a class's constructors in the sources of this javac call, {@code super(…)} and
   * {@code this(…)} among them; null where some of the sources cannot be seen.
   */
  public @Nullable List<Creation> creations(ClassSymbol type) {
    if (Symbols.isPrivate(type) && type.owner instanceof ClassSymbol) {
      return index(type).creations.get(type);
    }
    if (creations == null) {
      creations = new Creations();
    }
    return creations.complete ? creations.all.get(type) : null;
  }

  /**
   * Every call of a method that makes objects: a private one, or a static one of their own class;
   * null for any other method, and where some of the sources cannot be seen.
   */
  public @Nullable List<Creation> callsOfMaker(MethodSymbol method) {
    if (Symbols.isPrivate(method)) {
      ClassSymbol in = Symbols.enclosingClass(method);
      return callsOf(method).stream()
          .map(call -> new Creation(call.tree(), call.root(), in))
          .toList();
    }
    if (creations == null) {
      creations = new Creations();
    }
    return creations.complete && makesOwn(method) ? creations.makerCalls.get(method) : null;
  }

  private static boolean makesOwn(MethodSymbol method) {
    return method.isStatic() && method.getReturnType().tsym == method.owner;
  }

  /** The creations in all classes: found once, when they are first asked for. */
  private final class Creations {
    final ListMultimap<ClassSymbol, Creation> all = ArrayListMultimap.create();
    final ListMultimap<MethodSymbol, Creation> makerCalls = ArrayListMultimap.create();
    boolean complete = true;

    Creations() {
      for (ClassSymbol type : implementations.sources()) {
        if (type.owner instanceof ClassSymbol
            || type != Symbols.outermostClass(type)
            || !matters.test(type)) {
          continue;
        }
        Index index = index(type);
        complete &= index != Index.EMPTY;
        all.putAll(index.creations);
        makerCalls.putAll(index.makerCalls);
      }
    }
  }

  /** The classes of this javac call. */
  public ImmutableList<ClassSymbol> classes() {
    return implementations.sources();
  }

  /** Whether a class is one of them. */
  public static boolean isSource(@Nullable ClassSymbol type) {
    return type != null && Implementations.isSource(type);
  }

  /** The declaration of an attributed top-level class, without looking for what is in it. */
  public @Nullable ClassTree topLevel(ClassSymbol type) {
    return trees.getTree(type);
  }

  /** The class's declaration; null where there is no source. */
  public @Nullable ClassTree classTree(ClassSymbol type) {
    return index(type).classes.get(type);
  }

  /** The expressions that a function returns: a method's, or a lambda's with or without a block. */
  public static List<ExpressionTree> results(Tree function) {
    if (function instanceof LambdaExpressionTree lambda
        && lambda.getBody() instanceof ExpressionTree expression) {
      return List.of(expression);
    }
    List<ExpressionTree> results = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitReturn(ReturnTree node, @Nullable Void unused) {
        if (node.getExpression() != null) {
          results.add(node.getExpression());
        }
        return null;
      }

      @Override
      public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Void u) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
        return null;
      }
    }.scan(body(function), null);
    return results;
  }

  /** The code that runs when a function is called; null for a method without a body. */
  public static @Nullable Tree body(Tree function) {
    if (function instanceof LambdaExpressionTree lambda) {
      return lambda.getBody();
    }
    return function instanceof MethodTree method ? method.getBody() : function;
  }

  private Index index(Symbol symbol) {
    ClassSymbol outermost = Symbols.outermostClass(symbol);
    if (outermost == null) {
      return Index.EMPTY;
    }
    if ((outermost.flags_field & Flags.UNATTRIBUTED) != 0) {
      return Index.EMPTY; // its names mean nothing yet; asked again later, they may
    }
    Index index = indexes.get(outermost);
    if (index == null) {
      ClassTree tree = trees.getTree(outermost);
      index = tree == null ? Index.EMPTY : new Index(tree);
      indexes.put(outermost, index);
    }
    return index;
  }

  /** A value assigned to a field, and the declaration in whose code that is done. */
  public record FieldWrite(ExpressionTree value, Tree root, boolean inConstructor) {}

  /** A call or method reference, and the declaration in whose code it stands. */
  public record Use(Tree tree, Tree root) {}

  /** A use of a constructor, the declaration in whose code it stands, and that one's class. */
  public record Creation(Tree tree, Tree root, ClassSymbol in) {}

  private static final class Index extends TreeScanner<@Nullable Void, @Nullable Tree> {
    static final Index EMPTY = new Index();

    final Map<ClassSymbol, ClassTree> classes = new HashMap<>();
    final Map<MethodSymbol, MethodTree> methods = new HashMap<>();
    final Map<VarSymbol, VariableTree> fields = new HashMap<>();
    final IdentityHashMap<Tree, Tree> roots = new IdentityHashMap<>();
    final ListMultimap<VarSymbol, FieldWrite> writes = ArrayListMultimap.create();
    final ListMultimap<MethodSymbol, Use> calls = ArrayListMultimap.create();
    final ListMultimap<VarSymbol, Use> touches = ArrayListMultimap.create();
    final ListMultimap<ClassSymbol, Creation> creations = ArrayListMultimap.create();
    final ListMultimap<MethodSymbol, Creation> makerCalls = ArrayListMultimap.create();
    final IdentityHashMap<Tree, ClassSymbol> types = new IdentityHashMap<>();
    private @Nullable ClassSymbol type;
    private boolean inConstructor;

    private Index() {}

    Index(ClassTree tree) {
      scan(tree, null);
    }

    /** {@code root} is the member of a named class that the scan is in; null directly in one. */
    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Tree root) {
      ClassSymbol outer = type;
      if (Symbols.of(node) instanceof ClassSymbol symbol) {
        classes.put(symbol, node);
        type = root == null ? symbol : outer;
      }
      for (Tree member : node.getMembers()) {
        scan(member, member instanceof BlockTree ? root(member, root) : root);
      }
      type = outer;
      return null;
    }

    /** The member of a named class that a declaration belongs to: itself, or the one it is in. */
    private Tree root(Tree declaration, @Nullable Tree around) {
      Tree root = around == null ? declaration : around;
      roots.put(declaration, root);
      if (around == null && type != null) {
        types.put(declaration, type);
      }
      return root;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Tree root) {
      Tree own = root(node, root);
      boolean outer = inConstructor;
      MethodSymbol symbol = Symbols.method(node);
      if (symbol != null) {
        methods.put(symbol, node);
        inConstructor = symbol.isConstructor();
      }
      scan(node.getParameters(), own);
      scan(node.getBody(), own);
      inConstructor = outer;
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, @Nullable Tree root) {
      VarSymbol symbol = Symbols.variable(node);
      if (symbol == null || !Symbols.isField(symbol)) {
        return super.visitVariable(node, root);
      }
      Tree own = root(node, root);
      fields.put(symbol, node);
      if (node.getInitializer() != null) {
        writes.put(symbol, new FieldWrite(node.getInitializer(), own, true));
      }
      return super.visitVariable(node, own);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Tree root) {
      VarSymbol symbol = Symbols.variable(Symbols.strip(node.getVariable()));
      if (symbol != null && Symbols.isField(symbol) && root != null) {
        writes.put(symbol, new FieldWrite(node.getExpression(), root, inConstructor));
      }
      touch(Symbols.holder(node.getVariable()), node, root);
      return super.visitAssignment(node, root);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(
        CompoundAssignmentTree node, @Nullable Tree root) {
      VarSymbol symbol = Symbols.variable(Symbols.strip(node.getVariable()));
      if (symbol != null && Symbols.isField(symbol) && root != null) {
        writes.put(symbol, new FieldWrite(node, root, inConstructor));
      }
      touch(Symbols.holder(node.getVariable()), node, root);
      return super.visitCompoundAssignment(node, root);
    }

    private void touch(@Nullable ExpressionTree holder, Tree node, @Nullable Tree root) {
      VarSymbol symbol = holder == null ? null : Symbols.variable(Symbols.strip(holder));
      if (symbol != null && Symbols.isField(symbol) && root != null) {
        touches.put(symbol, new Use(node, root));
      }
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree node, @Nullable Tree root) {
      ExpressionTree changed = Symbols.changed(node);
      VarSymbol symbol = changed == null ? null : Symbols.variable(changed);
      if (symbol != null && Symbols.isField(symbol) && root != null) {
        writes.put(symbol, new FieldWrite(node, root, inConstructor));
      }
      touch(changed == null ? null : Symbols.holder(changed), node, root);
      return super.visitUnary(node, root);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Tree root) {
      addCall(node, root);
      touch(Symbols.receiver(node), node, root);
      return super.visitMethodInvocation(node, root);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree node, @Nullable Tree root) {
      addCall(node, root);
      return super.visitMemberReference(node, root);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, @Nullable Tree root) {
      addCall(node, root);
      return super.visitNewClass(node, root);
    }

    private void addCall(Tree node, @Nullable Tree root) {
      MethodSymbol method = Symbols.method(node);
      ClassSymbol in = root == null ? null : types.get(root);
      if (method == null || root == null) {
        return;
      }
      if (Symbols.isPrivate(method)) {
        calls.put(method, new Use(node, root));
      }
      if (in != null && method.isConstructor()) {
        creations.put(Symbols.enclosingClass(method), new Creation(node, root, in));
      } else if (in != null && makesOwn(method)) {
        makerCalls.put(method, new Creation(node, root, in));
      }
    }
  }
}
