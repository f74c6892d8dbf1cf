package dev.singleflight.checker.context;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.source.Symbols;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which locks are held at each call: what takes and releases them, in the order it runs. */
final class LockWalk extends FlowWalk {
  private final HeldLocks held;
  private final Scope scope;
  private final Recorder recorder;
  private final Attempts attempts;

  /** What opens a resource may take a lock until it is closed, whatever it is called. */
  private final Set<Tree> resources = new HashSet<>();

  private final Set<Lock> releasedForCaller = new LinkedHashSet<>();

  LockWalk(HeldLocks held, Scope scope, Set<Lock> entry, Recorder recorder) {
    super(entry);
    this.held = held;
    this.scope = scope;
    this.recorder = recorder;
    this.attempts = new Attempts(held.operations(), scope);
  }

  /** Takes what the walk finds. */
  interface Recorder {
    /** A call, or a method reference that is called at once, is made while locks are held. */
    void at(ExpressionTree call, Set<Lock> locks);
  }

  @Override
  Attempts attempts() {
    return attempts;
  }

  /** The locks that the code released without having taken them. */
  Set<Lock> releasedForCaller() {
    return releasedForCaller;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
    scan(node.getMethodSelect(), null);
    for (ExpressionTree argument : node.getArguments()) {
      argument(node, argument);
    }
    recorder.at(node, heldHere());
    Operation operation = held.operations().of(node, scope);
    if (operation != null) {
      apply(operation);
    } else {
      held.summaries().effectOf(node, scope, resources.contains(node)).forEach(this::apply);
    }
    return null;
  }

  private void argument(MethodInvocationTree call, ExpressionTree argument) {
    ExpressionTree plain = Symbols.strip(argument);
    if (plain instanceof LambdaExpressionTree lambda) {
      Set<Lock> inside = held.inside(call, argument, heldHere(), scope);
      apart(inside, () -> scan(lambda.getBody(), null));
      return;
    }
    scan(argument, null);
    if (plain instanceof MemberReferenceTree reference) {
      recorder.at(reference, held.inside(call, argument, heldHere(), scope));
    } else if (plain instanceof IdentifierTree name
        && held.lambda(name, scope) instanceof LambdaExpressionTree lambda) {
      Set<Lock> inside = held.inside(call, argument, heldHere(), scope);
      if (!inside.isEmpty()) {
        apart(inside, () -> scan(lambda.getBody(), null));
      }
    }
  }

  private void apply(Operation operation) {
    switch (operation.kind()) {
      case TAKE -> now().add(operation.lock());
      case RELEASE -> {
        if (!release(operation.lock())) {
          releasedForCaller.add(operation.lock());
        }
      }
      case TRY -> {} // a condition decides
    }
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Void unused) {
    apart(Set.of(), () -> scan(node.getBody(), null));
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
    for (Tree member : node.getMembers()) {
      Set<Lock> entry = member instanceof MethodTree method ? held.entry(method) : Set.of();
      apart(
          entry, () -> scan(member instanceof MethodTree method ? method.getBody() : member, null));
    }
    return null;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void unused) {
    scan(node.getArguments(), null);
    held.summaries().effectOf(node, scope, resources.contains(node)).forEach(this::apply);
    return scan(node.getClassBody(), null);
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    Lock lock = held.operations().monitor(node.getExpression(), scope);
    boolean taken = lock != null && now().add(lock);
    scan(node.getBlock(), null);
    if (taken) {
      now().remove(lock);
    }
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
    scan(node.getInitializer(), null);
    attempts.remember(Symbols.variable(node), node.getInitializer());
    return null;
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Void unused) {
    super.visitAssignment(node, null);
    attempts.remember(Symbols.variable(Symbols.strip(node.getVariable())), node.getExpression());
    return null;
  }

  @Override
  public @Nullable Void visitTry(TryTree node, @Nullable Void unused) {
    for (Tree resource : node.getResources()) {
      Tree value = resource instanceof VariableTree variable ? variable.getInitializer() : resource;
      if (value instanceof ExpressionTree opened) {
        resources.add(Symbols.strip(opened));
      }
    }
    return super.visitTry(node, null);
  }
}
