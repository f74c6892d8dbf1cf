package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What code reads to arrive at its result: what it returns, what it branches on, what it hands to
 * code that cannot be seen. What only ends in a log line, a metric or an exception is not read, nor
 * is an argument that the called helper does not use.
 */
final class Reads {
  private static final int MAX_READS = 400;
  private static final int MAX_DEPTH = 24;

  private final Inputs inputs;
  private final Map<MethodSymbol, ImmutableList<Term>> summaries = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();

  Reads(Inputs inputs) {
    this.inputs = inputs;
  }

  /** What {@code body} reads, each with the place in it. */
  List<Read> of(Body body) {
    Scanner scanner = new Scanner(body.scope());
    scanner.scan(Sources.body(body.function()), null);
    return scanner.reads;
  }

  /** What a method reads, in terms of its parameters; null where there is no source. */
  private @Nullable ImmutableList<Term> of(MethodSymbol method) {
    ImmutableList<Term> known = summaries.get(method);
    if (known != null) {
      return known;
    }
    MethodTree tree = inputs.sources().method(method);
    Member member = tree == null ? null : inputs.sources().member(tree, method);
    if (tree == null || member == null || underWay.size() >= MAX_DEPTH) {
      return null;
    }
    if (!underWay.add(method)) {
      return ImmutableList.of();
    }
    try {
      Scope scope = Scope.of(member, new Self(Symbols.enclosingClass(method)));
      ImmutableList<Term> reads =
          of(new Body(tree, scope)).stream()
              .map(Read::term)
              .collect(ImmutableList.toImmutableList());
      summaries.put(method, reads);
      return reads;
    } finally {
      underWay.remove(method);
    }
  }

  /** The second argument is non-null where only calls count, since the rest is read elsewhere. */
  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Object> {
    private static final Object CALLS_ONLY = "calls only";

    final List<Read> reads = new ArrayList<>();
    private final Scope scope;
    private final Set<Definition> followed = new HashSet<>();

    Scanner(Scope scope) {
      this.scope = scope;
    }

    private void add(ExpressionTree tree) {
      if (reads.size() < MAX_READS) {
        reads.add(new Read(inputs.evaluate(tree, scope), tree));
      }
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, @Nullable Object mode) {
      return null; // read where the variable is used
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Object mode) {
      VarSymbol target = Symbols.variable(Symbols.strip(node.getVariable()));
      boolean local = target != null && !Symbols.isField(target);
      return local ? null : scan(node.getExpression(), mode);
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree node, @Nullable Object mode) {
      return null;
    }

    @Override
    public @Nullable Void visitAssert(AssertTree node, @Nullable Object mode) {
      return null;
    }

    @Override
    public @Nullable Void visitExpressionStatement(
        ExpressionStatementTree node, @Nullable Object mode) {
      return Noise.isGuard(node.getExpression()) ? null : scan(node.getExpression(), mode);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Object mode) {
      VarSymbol variable = Symbols.variable(node);
      if (variable == null) {
        return null;
      }
      if (mode == null) {
        add(node);
      }
      follow(variable, node);
      return null;
    }

    /** Calls in what a local variable was made from take part in what is read through it. */
    private void follow(VarSymbol variable, Tree use) {
      Member member = scope.member();
      if (member == null || Symbols.isField(variable)) {
        return;
      }
      for (Definition definition : member.reaching(variable, use)) {
        if (followed.add(definition)) {
          scan(definition.value(), CALLS_ONLY);
        }
      }
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Object mode) {
      if (Symbols.variable(node) == null) {
        return null;
      }
      if (mode == null) {
        add(node);
      }
      return scan(node.getExpression(), CALLS_ONLY);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Object mode) {
      if (Noise.is(node)) {
        for (ExpressionTree argument : node.getArguments()) {
          if (Symbols.strip(argument) instanceof LambdaExpressionTree lambda) {
            scan(lambda.getBody(), null);
          }
        }
        return null;
      }
      MethodSymbol method = Symbols.method(node);
      ImmutableList<Term> callee =
          method == null || inputs.apis().match(method) != null ? null : of(method);
      if (method == null || callee == null) {
        if (mode == null) {
          add(node);
        }
      } else {
        addAll(callee, method, node);
      }
      scan(Symbols.receiver(node), CALLS_ONLY);
      return scan(node.getArguments(), CALLS_ONLY);
    }

    private void addAll(
        ImmutableList<Term> callee, MethodSymbol method, MethodInvocationTree node) {
      Term self = inputs.receiver(node, scope);
      Map<VarSymbol, Term> bound =
          Calls.bind(method, inputs.evaluateAll(node.getArguments(), scope));
      for (Term read : callee) {
        if (reads.size() >= MAX_READS) {
          return;
        }
        reads.add(
            new Read(new Term.Returned(method, Terms.substitute(read, bound, self), node), node));
      }
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, @Nullable Object mode) {
      MethodSymbol constructor = Symbols.method(node);
      if (constructor != null && inputs.isThrowable(constructor.owner.type)) {
        return null;
      }
      if (mode == null) {
        add(node);
      }
      scan(node.getArguments(), CALLS_ONLY);
      return node.getClassBody() == null ? null : scan(node.getClassBody(), null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Object mode) {
      for (Tree member : node.getMembers()) {
        if (member instanceof MethodTree method) {
          scan(method.getBody(), null);
        }
      }
      return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Object mode) {
      return scan(node.getBody(), null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree node, @Nullable Object mode) {
      MethodSymbol method = Symbols.method(node);
      ImmutableList<Term> callee = method == null ? null : of(method);
      if (callee != null) {
        Term self =
            Symbols.isTypeOrPackage(node.getQualifierExpression())
                ? null
                : inputs.evaluate(node.getQualifierExpression(), scope);
        callee.forEach(read -> reads.add(new Read(Terms.substitute(read, Map.of(), self), node)));
      }
      return Symbols.isTypeOrPackage(node.getQualifierExpression())
          ? null
          : scan(node.getQualifierExpression(), null);
    }
  }
}
