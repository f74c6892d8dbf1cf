package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a method runs the function it is given before it returns, or keeps it for later. */
public final class Callbacks {
  /** What methods of libraries that run a function at once are called. */
  private static final ImmutableSet<String> RUN_NOW =
      ImmutableSet.of(
          "record",
          "recordCallable",
          "call",
          "run",
          "runWithLock",
          "withLock",
          "execute",
          "executeCallable",
          "executeSupplier",
          "executeRunnable",
          "executeWithoutResult",
          "executeInTransaction",
          "inTransaction",
          "doInTransaction",
          "inLock",
          "invoke",
          "time",
          "timed",
          "observe",
          "supply");

  private static final ImmutableSet<String> LATER =
      ImmutableSet.of(
          "java.util.concurrent.Executor",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Future",
          "java.lang.Thread",
          "java.util.Timer");

  private static final ImmutableSet<String> STAGES =
      ImmutableSet.of("java.util.concurrent.CompletionStage", "io.netty.util.concurrent.Future");

  private static final ImmutableSet<String> ATTACHING =
      ImmutableSet.of(
          "whenComplete",
          "handle",
          "exceptionally",
          "thenAccept",
          "thenApply",
          "thenCompose",
          "thenRun",
          "addListener");

  private final Types types;
  private final Apis apis;
  private final Sources sources;
  private final Map<VarSymbol, Boolean> parameters = new HashMap<>();

  Callbacks(VisitorState state) {
    this.types = state.getTypes();
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
  }

  /** Whether a method hands the task that it is given to another thread, which runs it once. */
  public boolean runsOnce(MethodSymbol method) {
    String name = method.name.toString();
    if (method.isConstructor()) {
      return method.owner.getQualifiedName().contentEquals("java.lang.Thread");
    }
    return (name.equals("execute") || name.equals("submit"))
        && isAny(method.owner.type, ImmutableSet.of("java.util.concurrent.Executor"));
  }

  /** Whether {@code call} runs {@code function}, one of its arguments, while it is under way. */
  public boolean runsNow(MethodInvocationTree call, ExpressionTree function) {
    MethodSymbol method = Symbols.method(call);
    int position = call.getArguments().indexOf(function);
    if (method == null || position < 0) {
      return false;
    }
    Api api = apis.match(method);
    if (api != null) {
      return !api.has(Trait.COALESCES) && !api.has(Trait.KEEPS_LOADER);
    }
    MethodTree source = sources.method(method);
    List<VarSymbol> declared = method.params();
    if (source != null) {
      return position < declared.size() && isCalled(declared.get(position), source);
    }
    Type taken = position < declared.size() ? declared.get(position).type : null;
    if (taken != null && (taken.hasTag(TypeTag.TYPEVAR) || taken.hasTag(TypeTag.ARRAY))) {
      return false; // a collection of functions, given one to keep, or several
    }
    String owner = method.owner.getQualifiedName().toString();
    if (owner.startsWith("java.util.stream.")
        || owner.equals("java.lang.Iterable")
        || (owner.startsWith("java.util.") && !owner.startsWith("java.util.concurrent."))
        || owner.equals("java.util.concurrent.ConcurrentMap")
        || owner.equals("java.util.concurrent.ConcurrentHashMap")) {
      return !owner.equals("java.util.Timer");
    }
    return RUN_NOW.contains(method.name.toString())
        && !isAny(method.owner.type, LATER)
        && !isAny(method.getReturnType(), LATER);
  }

  /**
   * Whether {@code call} attaches a callback to a future by the thread that makes it: one that is
   * run at once if the future is done by then.
   */
  public boolean isAttached(MethodInvocationTree call, ExpressionTree function) {
    MethodSymbol method = Symbols.method(call);
    if (method == null || !call.getArguments().contains(function)) {
      return false;
    }
    if (isAny(method.owner.type, STAGES)) {
      return ATTACHING.contains(method.name.toString());
    }
    boolean direct =
        call.getArguments().stream().anyMatch(a -> a.toString().contains("directExecutor"));
    return direct
        && (method.name.contentEquals("addListener") || method.name.contentEquals("addCallback"));
  }

  private boolean isAny(@Nullable Type type, ImmutableSet<String> names) {
    if (type == null || type.isPrimitiveOrVoid() || !type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      if (names.contains(supertype.tsym.getQualifiedName().toString())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method calls its parameter, itself or through a method that runs it at once. */
  private boolean isCalled(VarSymbol parameter, MethodTree method) {
    Boolean known = parameters.get(parameter);
    if (known != null) {
      return known;
    }
    parameters.put(parameter, false); // what a recursion sees
    boolean[] called = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        ExpressionTree receiver = Symbols.receiver(node);
        called[0] |= receiver != null && is(receiver);
        for (ExpressionTree argument : node.getArguments()) {
          called[0] |= is(argument) && runsNow(node, argument);
        }
        return super.visitMethodInvocation(node, null);
      }

      private boolean is(ExpressionTree tree) {
        return Symbols.strip(tree) instanceof IdentifierTree name
            && Symbols.variable(name) == parameter;
      }

      @Override
      public @Nullable Void visitLambdaExpression(
          LambdaExpressionTree node, @Nullable Void unused) {
        return null;
      }
    }.scan(method.getBody(), null);
    parameters.put(parameter, called[0]);
    return called[0];
  }
}
