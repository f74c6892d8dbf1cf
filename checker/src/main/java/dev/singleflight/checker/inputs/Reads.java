package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
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
  private static final int MAX_DEPTH = 8;

  private static final int MAX_FUNCTION_DEPTH = 6;

  /** How many locals that are made of each other are followed: more would end the stack. */
  private static final int MAX_FOLLOWED = 200;

  private final Inputs inputs;
  private final Map<MethodSymbol, ImmutableList<Term>> summaries = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();
  private int depth;

  Reads(Inputs inputs) {
    this.inputs = inputs;
  }

  /** What {@code body} reads, each with the place in it. */
  List<Read> of(Body body) {
    Scanner scanner = new Scanner(body.scope(), body.function());
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
    private final Tree function;
    private final Set<Definition> followed = new HashSet<>();
    private int following;
    private final Set<ImmutableSet<Object>> seen = new HashSet<>();

    Scanner(Scope scope, Tree function) {
      this.scope = scope;
      this.function = function;
    }

    private void add(ExpressionTree tree) {
      if (reads.size() < MAX_READS) {
        add(inputs.evaluate(tree, scope), tree);
      }
    }

    /** What was read before, by the same way, is not read again: helpers of helpers double. */
    private void add(Term term, Tree at) {
      if (reads.size() < MAX_READS && seen.add(ways(term))) {
        reads.add(new Read(term, at));
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
      boolean decidesNothing =
          Noise.isGuard(node.getExpression())
              || (node.getExpression() instanceof UnaryTree count && Symbols.changed(count) != null)
              || (node.getExpression() instanceof MethodInvocationTree call && isNoiseHandle(call));
      return decidesNothing ? null : scan(node.getExpression(), mode);
    }

    /** What only decides whether something is logged or measured decides nothing. */
    @Override
    public @Nullable Void visitIf(IfTree node, @Nullable Object mode) {
      boolean noise = node.getElseStatement() == null && isNoise(node.getThenStatement());
      return noise ? scan(node.getThenStatement(), mode) : super.visitIf(node, mode);
    }

    private static boolean isNoise(StatementTree statement) {
      if (statement instanceof BlockTree block) {
        return block.getStatements().stream().allMatch(Scanner::isNoise);
      }
      return statement instanceof ExpressionStatementTree expression
          && expression.getExpression() instanceof MethodInvocationTree call
          && Noise.is(call);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Object mode) {
      VarSymbol variable = Symbols.variable(node);
      if (variable == null) {
        return null;
      }
      Term value = mode == null || isFunction(variable) ? inputs.evaluate(node, scope) : null;
      if (value != null && Applications.isCode(value)) {
        // a function that is handed on: whoever gets it may call it
        addBodies(value, ImmutableList.of(), node);
        return null;
      }
      if (mode == null) {
        add(node);
      }
      follow(variable, node);
      return null;
    }

    private ImmutableSet<Object> ways(Term term) {
      return inputs.atoms(term).stream()
          .map(atom -> Map.entry(atom, atom.trail()))
          .collect(ImmutableSet.toImmutableSet());
    }

    private boolean isFunction(VarSymbol variable) {
      return variable.type.tsym != null && variable.type.tsym.isInterface();
    }

    /** What calling a function of the source reads. */
    private void addBodies(Term function, ImmutableList<Term> arguments, Tree at) {
      if (depth >= MAX_FUNCTION_DEPTH) {
        return;
      }
      depth++;
      try {
        List<Term> opaque = new ArrayList<>();
        for (Body body : inputs.bodies(function, arguments, opaque)) {
          of(body).forEach(read -> add(read.term(), at));
        }
        opaque.forEach(term -> add(term, at));
      } finally {
        depth--;
      }
    }

    /** {@code stop.run()}, where {@code stop} came from a metric: it ends what that began. */
    private boolean isNoiseHandle(MethodInvocationTree call) {
      ExpressionTree receiver = Symbols.receiver(call);
      VarSymbol handle = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
      Member member = scope.member();
      return handle != null
          && member != null
          && !Symbols.isField(handle)
          && !member.definitions(handle).isEmpty()
          && member.definitions(handle).stream()
              .allMatch(
                  definition ->
                      Symbols.strip(definition.value()) instanceof MethodInvocationTree made
                          && Noise.concerns(made));
    }

    /** Calls in what a local variable was made from take part in what is read through it. */
    private void follow(VarSymbol variable, Tree use) {
      Member member = scope.member();
      if (member == null || Symbols.isField(variable) || following >= MAX_FOLLOWED) {
        return;
      }
      following++;
      for (Definition definition : member.flow().reaching(variable, use)) {
        if (followed.add(definition)) {
          scan(definition.value(), CALLS_ONLY);
        }
      }
      following--;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree node, @Nullable Object mode) {
      Presence presence = Presence.of(node, function, scope.member());
      if (presence == Presence.CHOOSES && mode == null) {
        add(node);
      }
      return super.visitBinary(node, presence == Presence.NOT_ASKED ? mode : CALLS_ONLY);
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
      Term function = function(method, node);
      if (function != null) {
        addBodies(function, inputs.evaluateAll(node.getArguments(), scope), node);
        return scan(node.getArguments(), CALLS_ONLY);
      }
      MethodSymbol target = method == null ? null : inputs.target(node, scope);
      ImmutableList<Term> callee =
          target == null || inputs.apis().match(method) != null || inputs.calls().isStub(target)
              ? null
              : of(target);
      // what a function among the arguments reads is best told where that function does it
      scan(Symbols.receiver(node), CALLS_ONLY);
      scan(node.getArguments(), CALLS_ONLY);
      if (target != null && callee != null) {
        addAll(mode == null ? callee : beside(callee, target), target, node);
      } else if (mode == null) {
        add(node);
      }
      return null;
    }

    /** What a method reads besides the value it returns, which is read where that is used. */
    private ImmutableList<Term> beside(ImmutableList<Term> callee, MethodSymbol method) {
      Term value = inputs.summaries().value(method);
      ImmutableSet<Atom> returned = value == null ? ImmutableSet.of() : inputs.atoms(value);
      return callee.stream()
          .filter(read -> !isIn(returned, read))
          .collect(ImmutableList.toImmutableList());
    }

    /** What a value is decided by is a part of it as well. */
    private boolean isIn(ImmutableSet<Atom> returned, Term read) {
      return inputs.atoms(read).stream()
          .allMatch(atom -> returned.stream().anyMatch(known -> known.isReadWhere(atom)));
    }

    /** The function that {@code supplier.get()} calls, where the source shows it. */
    private @Nullable Term function(@Nullable MethodSymbol method, MethodInvocationTree node) {
      Term receiver = method == null ? null : inputs.receiver(node, scope);
      return method == null || receiver == null
          ? null
          : inputs.calls().applications().function(method, receiver);
    }

    private void addAll(
        ImmutableList<Term> callee, MethodSymbol method, MethodInvocationTree node) {
      Term self = inputs.receiver(node, scope);
      ImmutableList<Term> arguments = inputs.evaluateAll(node.getArguments(), scope);
      Map<VarSymbol, Term> bound = Calls.bind(method, arguments);
      for (Term read : callee) {
        Term known = Terms.substitute(read, bound, self);
        if (Terms.size(known) >= Terms.MAX_SIZE) {
          add(Terms.call(method, self, arguments, node), node);
          return;
        }
        add(new Term.Returned(method, known, node), node);
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
      ImmutableList<Term> callee = method == null ? null : of(inputs.sources().target(method));
      if (callee != null) {
        // of an object that is given to User::getName nothing is known here
        Term self =
            Symbols.isTypeOrPackage(node.getQualifierExpression())
                ? Terms.unknown(node)
                : inputs.evaluate(node.getQualifierExpression(), scope);
        callee.forEach(read -> add(Terms.bounded(Terms.substitute(read, Map.of(), self)), node));
      }
      return Symbols.isTypeOrPackage(node.getQualifierExpression())
          ? null
          : scan(node.getQualifierExpression(), null);
    }
  }
}
