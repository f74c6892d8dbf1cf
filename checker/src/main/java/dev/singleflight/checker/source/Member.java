package dev.singleflight.checker.source;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of a class with code in it (a method, a field with its initialiser, an initialiser
 * block), indexed in one pass: parents, definitions of local variables, calls on them. Lambdas and
 * classes inside a member belong to it, since they see its variables.
 */
public final class Member {
  private final Tree tree;
  private final ClassSymbol type;
  private final ControlFlow flow = new ControlFlow(this);

  /** Made when first asked for: of most members only the declaration is looked at. */
  private @Nullable Index index;

  /** Made when first asked for, by few. */
  private @Nullable ListMultimap<VarSymbol, IdentifierTree> mentions;

  Member(Tree tree, ClassSymbol type) {
    this.tree = tree;
    this.type = type;
  }

  private Index index() {
    if (index == null) {
      index = new Index();
      index.scan(tree, null);
    }
    return index;
  }

  /** The method, field or initialiser block. */
  public Tree tree() {
    return tree;
  }

  /** The class it is a member of. */
  public ClassSymbol type() {
    return type;
  }

  /** In which order its code runs. */
  public ControlFlow flow() {
    return flow;
  }

  public @Nullable Tree parent(Tree node) {
    return index().parents.get(node);
  }

  /** Whether {@code node} is {@code ancestor} or stands inside it. */
  public boolean isInside(Tree node, Tree ancestor) {
    for (Tree at = node; at != null; at = parent(at)) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }

  /** The lambda, method or initialiser whose code {@code node} is. */
  public Tree function(Tree node) {
    for (Tree at = parent(node); at != null; at = parent(at)) {
      if (at instanceof LambdaExpressionTree || at instanceof MethodTree) {
        return at;
      }
    }
    return tree;
  }

  /**
   * Where a local variable or parameter of this member is declared; null for any other variable.
   */
  public @Nullable Tree declaration(VarSymbol variable) {
    return index().declarations.get(variable);
  }

  /** Whether a local variable of this member is one that {@code function} can only capture. */
  public boolean isDeclaredOutside(VarSymbol variable, Tree function) {
    Tree declaration = declaration(variable);
    return declaration != null && !isInside(declaration, function);
  }

  /** Calls made on a local variable, directly or as the head of a chain. */
  public List<MethodInvocationTree> callsOn(VarSymbol variable) {
    return index().calls.get(variable);
  }

  /** Where a local variable or parameter is named, but for what assigns to it. */
  public List<IdentifierTree> mentions(VarSymbol variable) {
    if (mentions == null) {
      mentions = mentions();
    }
    return mentions.get(variable);
  }

  private ListMultimap<VarSymbol, IdentifierTree> mentions() {
    ListMultimap<VarSymbol, IdentifierTree> found = ArrayListMultimap.create();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        VarSymbol local = Symbols.variable(node);
        boolean assigned =
            parent(node) instanceof AssignmentTree assignment && assignment.getVariable() == node;
        if (local != null && declaration(local) != null && !assigned) {
          found.put(local, node);
        }
        return null;
      }
    }.scan(tree, null);
    return found;
  }

  /** Calls that are given a local variable, as it is. */
  public List<MethodInvocationTree> handedTo(VarSymbol variable) {
    return index().handed.get(variable);
  }

  /** Method references that are bound to a local variable. */
  public List<MemberReferenceTree> boundTo(VarSymbol variable) {
    return index().boundTo.get(variable);
  }

  /** Every call in the member. */
  public List<MethodInvocationTree> invocations() {
    return index().invocations;
  }

  /** Every {@code new} in the member. */
  public List<NewClassTree> creations() {
    return index().creations;
  }

  /** Every assignment in the member that is not a declaration, {@code ++} and {@code +=} too. */
  public List<ExpressionTree> assignments() {
    return index().assignments;
  }

  /** Every method reference in the member. */
  public List<MemberReferenceTree> references() {
    return index().references;
  }

  /** Every definition of a local variable. */
  public List<Definition> definitions(VarSymbol variable) {
    return index().definitions.get(variable);
  }

  /** How many conditions, and subjects of switches, name one of these variables. */
  public int forksOn(Set<? extends Symbol> variables) {
    int count = 0;
    for (ExpressionTree fork : index().forks) {
      boolean[] named = {false};
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
          named[0] |= variables.contains(Symbols.of(node));
          return null;
        }
      }.scan(fork, null);
      count += named[0] ? 1 : 0;
    }
    return count;
  }

  private static final class Index extends TreeScanner<@Nullable Void, @Nullable Tree> {
    final IdentityHashMap<Tree, Tree> parents = new IdentityHashMap<>();
    final Map<VarSymbol, Tree> declarations = new HashMap<>();
    final ListMultimap<VarSymbol, Definition> definitions = ArrayListMultimap.create();
    final List<MethodInvocationTree> invocations = new ArrayList<>();
    final List<NewClassTree> creations = new ArrayList<>();
    final List<ExpressionTree> assignments = new ArrayList<>();
    final List<MemberReferenceTree> references = new ArrayList<>();
    final List<ExpressionTree> forks = new ArrayList<>();
    final ListMultimap<VarSymbol, MethodInvocationTree> handed = ArrayListMultimap.create();
    final ListMultimap<VarSymbol, MemberReferenceTree> boundTo = ArrayListMultimap.create();
    final ListMultimap<VarSymbol, MethodInvocationTree> calls = ArrayListMultimap.create();

    @Override
    public @Nullable Void scan(@Nullable Tree node, @Nullable Tree parent) {
      if (node == null) {
        return null;
      }
      if (parent != null) {
        parents.put(node, parent);
      }
      if (node instanceof MethodInvocationTree call) {
        invocations.add(call);
        addCall(call);
      } else if (node instanceof NewClassTree creation) {
        creations.add(creation);
      } else if (node instanceof AssignmentTree assignment) {
        assignments.add(assignment);
        define(
            assignment.getVariable(),
            assignment,
            Definition.Kind.VALUE,
            assignment.getExpression());
      } else if (node instanceof CompoundAssignmentTree compound) {
        assignments.add(compound);
        define(
            compound.getVariable(), compound, Definition.Kind.COMBINED, compound.getExpression());
      } else if (node instanceof UnaryTree unary && Symbols.changed(unary) != null) {
        assignments.add(unary);
      } else if (node instanceof MemberReferenceTree reference) {
        references.add(reference);
        VarSymbol bound =
            reference.getQualifierExpression() instanceof IdentifierTree name
                ? Symbols.variable(name)
                : null;
        if (bound != null && !Symbols.isField(bound)) {
          boundTo.put(bound, reference);
        }
      } else if (node instanceof VariableTree variable) {
        declare(variable, parent);
      } else if (node instanceof IfTree branch) {
        forks.add(branch.getCondition());
      } else if (node instanceof ConditionalExpressionTree choice) {
        forks.add(choice.getCondition());
      } else if (node instanceof SwitchTree || node instanceof SwitchExpressionTree) {
        forks.add(Trees17.selector(node));
      }
      return super.scan(node, node);
    }

    private void declare(VariableTree variable, @Nullable Tree parent) {
      VarSymbol symbol = Symbols.variable(variable);
      if (symbol == null || Symbols.isField(symbol)) {
        return;
      }
      declarations.put(symbol, variable);
      if (parent instanceof EnhancedForLoopTree loop) {
        definitions.put(
            symbol, new Definition(loop, Definition.Kind.ELEMENT, loop.getExpression()));
      } else if (variable.getInitializer() != null) {
        definitions.put(
            symbol, new Definition(variable, Definition.Kind.VALUE, variable.getInitializer()));
      } else if (!(parent instanceof CatchTree)) {
        definePattern(symbol, parent);
      }
    }

    private void definePattern(VarSymbol symbol, @Nullable Tree parent) {
      Definition.Kind kind = Definition.Kind.VALUE;
      for (Tree at = parent; at != null; at = parents.get(at)) {
        // by name: record patterns and pattern cases are not in the API that JDK 17 has
        switch (at.getKind().name()) {
          case "BINDING_PATTERN", "PATTERN_CASE_LABEL", "CASE", "ANY_PATTERN" -> {}
          case "DECONSTRUCTION_PATTERN" -> kind = Definition.Kind.COMPONENT;
          case "INSTANCE_OF" -> {
            ExpressionTree subject = ((InstanceOfTree) at).getExpression();
            definitions.put(symbol, new Definition(at, kind, subject));
            return;
          }
          case "SWITCH", "SWITCH_EXPRESSION" -> {
            definitions.put(symbol, new Definition(at, kind, Trees17.selector(at)));
            return;
          }
          default -> {
            return;
          }
        }
      }
    }

    private void define(
        ExpressionTree target, Tree at, Definition.Kind kind, ExpressionTree value) {
      VarSymbol symbol = Symbols.variable(Symbols.strip(target));
      if (symbol != null && !Symbols.isField(symbol)) {
        definitions.put(symbol, new Definition(at, kind, value));
      }
    }

    private void addCall(MethodInvocationTree call) {
      for (ExpressionTree argument : call.getArguments()) {
        VarSymbol given = argument instanceof IdentifierTree name ? Symbols.variable(name) : null;
        if (given != null && !Symbols.isField(given)) {
          handed.put(given, call);
        }
      }
      ExpressionTree head = call;
      while (true) {
        if (head instanceof MethodInvocationTree inner) {
          ExpressionTree receiver = Symbols.receiver(inner);
          if (receiver == null) {
            return;
          }
          head = Symbols.strip(receiver);
        } else if (head instanceof MemberSelectTree select) {
          head = Symbols.strip(select.getExpression());
        } else {
          break;
        }
      }
      VarSymbol symbol = Symbols.variable(head);
      if (symbol != null && !Symbols.isField(symbol)) {
        calls.put(symbol, call);
      }
    }
  }
}
