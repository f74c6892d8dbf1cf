package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a condition says of the values it asks about. */
final class NullConditions {
  /** Say, if they hold, that what they ask about is there. */
  private static final Pattern THERE =
      Pattern.compile(
          "(is|has|was|are)?(Ok|Success\\w*|Succeeded|Present|Found|Known|Valid|Complete\\w*|Loaded|Value|Data|NotEmpty"
              + "|NotBlank|NonNull|NotNull|Text|Length|Right|Defined|Available|Next|Exist\\w*|Hit)"
              + "|ok|succe\\w+|present|found|contains\\w*|has\\w*|exists\\w*|nonNull|notNull|loaded|known|hit",
          Pattern.CASE_INSENSITIVE);

  /** Say, if they hold, that it is not. */
  private static final Pattern MISSING =
      Pattern.compile(
          "(is|has|was|are)?(Error\\w*|Failure|Failed|Null|Empty|Blank|NullOr\\w+|Missing|NotFound|Absent|Left"
              + "|Unknown|Err|Invalid|Miss|Rejected)|fail\\w*|error\\w*|missing|absent|notFound|lacks\\w*|miss",
          Pattern.CASE_INSENSITIVE);

  /** What went wrong, beside the value. */
  private static final Pattern ERROR =
      Pattern.compile(
          "(get)?(error\\w*|exception|failure|cause|problem|fault|throwable|err)",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_DEPTH = 40;

  private final Nulls summaries;
  private final @Nullable Member member;
  private int depth;

  NullConditions(Nulls summaries, @Nullable Member member) {
    this.summaries = summaries;
    this.member = member;
  }

  /** The ways that are left if a condition holds, or does not; none if it cannot. */
  List<NullState> assume(ExpressionTree condition, boolean holds, NullState state) {
    if (depth >= MAX_DEPTH) {
      return List.of(state.copy());
    }
    depth++;
    try {
      return NullState.merge(assumed(Symbols.strip(condition), holds, state.copy()));
    } finally {
      depth--;
    }
  }

  /** {@code state} is this call's to change. */
  private List<NullState> assumed(ExpressionTree condition, boolean holds, NullState state) {
    if (condition instanceof UnaryTree not && not.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return assume(not.getExpression(), !holds, state);
    }
    if (condition instanceof LiteralTree literal && literal.getValue() instanceof Boolean value) {
      return value == holds ? List.of(state) : List.of();
    }
    if (condition instanceof BinaryTree binary) {
      return switch (binary.getKind()) {
        case CONDITIONAL_AND -> chain(binary, holds, true, state);
        case CONDITIONAL_OR -> chain(binary, holds, false, state);
        case EQUAL_TO -> compared(binary, holds, state);
        case NOT_EQUAL_TO -> compared(binary, !holds, state);
        default -> {
          sized(binary, state);
          yield remembered(binary.toString(), holds, state);
        }
      };
    }
    if (condition instanceof InstanceOfTree test) {
      return tested(test, holds, state);
    }
    if (condition instanceof MethodInvocationTree call) {
      return asked(call, holds, state);
    }
    if (condition instanceof IdentifierTree name) {
      return flag(name, holds, state);
    }
    return List.of(state);
  }

  /** {@code a && b && …} and {@code a || b || …}, without recursion. */
  private List<NullState> chain(BinaryTree tree, boolean holds, boolean and, NullState state) {
    List<NullState> open = List.of(state);
    List<NullState> decided = new ArrayList<>();
    for (ExpressionTree operand : operands(tree)) {
      List<NullState> next = new ArrayList<>();
      for (NullState way : open) {
        next.addAll(assume(operand, and, way));
        decided.addAll(assume(operand, !and, way));
      }
      open = NullState.merge(next);
      decided = NullState.merge(decided);
    }
    return holds == and ? open : decided;
  }

  /** The operands of a chain of one operator, first to last. */
  static List<ExpressionTree> operands(BinaryTree tree) {
    Deque<ExpressionTree> operands = new ArrayDeque<>();
    ExpressionTree at = tree;
    while (at instanceof BinaryTree binary && binary.getKind() == tree.getKind()) {
      operands.addFirst(binary.getRightOperand());
      at = Symbols.strip(binary.getLeftOperand());
    }
    operands.addFirst(at);
    return new ArrayList<>(operands);
  }

  private List<NullState> compared(BinaryTree tree, boolean equal, NullState state) {
    ExpressionTree left = Symbols.strip(tree.getLeftOperand());
    ExpressionTree right = Symbols.strip(tree.getRightOperand());
    if (isNull(right) || isNull(left)) {
      return compared(isNull(right) ? left : right, equal, state);
    }
    sized(tree, state);
    if (equal) {
      there(left, isThere(right, state), state);
      there(right, isThere(left, state), state);
    }
    String words = left + " == " + right;
    answered(left, state);
    answered(right, state);
    return remembered(words, equal, state);
  }

  /** Whether {@code value} is null: what is left of the ways to here. */
  private List<NullState> compared(ExpressionTree value, boolean isNull, NullState state) {
    String words = NullWords.of(value);
    if (words == null) {
      return List.of(state);
    }
    NullValue known = state.value(words);
    if (known != null && known.kind() == (isNull ? NullValue.Kind.NEVER : NullValue.Kind.ALWAYS)) {
      return List.of();
    }
    if (remembered(words + " == null", isNull, state).isEmpty()) {
      return List.of();
    }
    if (!isNull) {
      state.put(words, known == null ? NullValue.SAFE : known.checked());
      related(value, state);
    } else {
      if (value instanceof MethodInvocationTree call
          && ERROR.matcher(NullWords.name(call)).matches()) {
        answered(value, state);
      }
      found(value, words, known, state);
    }
    return List.of(state);
  }

  /** A value that was found to be null. */
  private void found(
      ExpressionTree value, String words, @Nullable NullValue known, NullState state) {
    VarSymbol variable =
        Symbols.strip(value) instanceof IdentifierTree name ? Symbols.variable(name) : null;
    boolean local = variable != null && !Symbols.isField(variable);
    if (known != null && known.parameter() != null) {
      return; // it is for those who call to say
    }
    if (known != null && known.mayBeNull()) {
      state.put(
          words,
          new NullValue(
              NullValue.Kind.ALWAYS, known.path(), known.isShared(), known.inner(), null, 0));
    } else if (local) {
      NullValue found = NullValue.always(words);
      state.put(words, known != null && known.isShared() ? found.shared() : found);
    }
  }

  /** A value that is there: what is at hand because of it is there too. */
  private void related(ExpressionTree value, NullState state) {
    if (value instanceof MethodInvocationTree call) {
      if (!ERROR.matcher(NullWords.name(call)).matches()) {
        answered(value, state);
      }
      if (call.getArguments().size() == 1 && NullWords.name(call).equals("get")) {
        pair(call, state);
      }
    }
  }

  private static void pair(MethodInvocationTree call, NullState state) {
    String object = NullWords.receiver(call);
    String arguments = NullWords.arguments(call);
    if (object != null && arguments != null && !arguments.isEmpty()) {
      state.put(NullWords.anyWith(object, arguments), NullValue.SAFE);
    }
  }

  /** {@code r.status() == OK}: whoever asks that of an object knows what it holds. */
  private static void answered(ExpressionTree value, NullState state) {
    if (Symbols.strip(value) instanceof MethodInvocationTree call
        && call.getArguments().isEmpty()
        && Symbols.receiver(call) != null) {
      String object = NullWords.receiver(call);
      if (object != null && !object.equals("this")) {
        state.put(NullWords.anyOf(object), NullValue.SAFE);
      }
    }
  }

  /** {@code queue.size() > 0}, whichever way it is put. */
  private static void sized(BinaryTree tree, NullState state) {
    for (ExpressionTree side : List.of(tree.getLeftOperand(), tree.getRightOperand())) {
      if (Symbols.strip(side) instanceof MethodInvocationTree call
          && NullWords.name(call).matches("size|length|count\\w*|getCount|statusCode|code")) {
        answered(call, state);
      }
    }
  }

  private boolean isThere(ExpressionTree tree, NullState state) {
    if (tree instanceof LiteralTree) {
      return !isNull(tree);
    }
    VarSymbol variable = Symbols.variable(tree);
    String words = NullWords.of(tree);
    NullValue known = words == null ? null : state.value(words);
    return (variable != null
            && (variable.isEnum() || (variable.isStatic() && Symbols.isFinal(variable))))
        || (known != null && known.kind() == NullValue.Kind.NEVER);
  }

  private void there(ExpressionTree tree, boolean isThere, NullState state) {
    String words = isThere ? NullWords.of(tree) : null;
    if (words != null && !(tree instanceof LiteralTree)) {
      NullValue known = state.value(words);
      state.put(words, known == null ? NullValue.SAFE : known.checked());
      related(tree, state);
    }
  }

  private List<NullState> tested(InstanceOfTree test, boolean holds, NullState state) {
    if (holds) {
      there(Symbols.strip(test.getExpression()), true, state);
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
          state.put(node.getName().toString(), NullValue.SAFE);
          return null;
        }
      }.scan(test.getPattern(), null);
    }
    return remembered(test.toString(), holds, state);
  }

  private List<NullState> asked(MethodInvocationTree call, boolean holds, NullState state) {
    MethodSymbol method = Symbols.method(call);
    String name = NullWords.name(call);
    if (method == null) {
      return List.of(state);
    }
    String owner = method.owner.getQualifiedName().toString();
    if (owner.equals("java.util.Objects") && call.getArguments().size() == 1) {
      return compared(call.getArguments().get(0), name.equals("isNull") == holds, state);
    }
    if (name.matches("equals\\w*|contentEquals")) {
      return equal(call, holds, state);
    }
    boolean certain = THERE.matcher(name).matches() || MISSING.matcher(name).matches();
    boolean there = certain && THERE.matcher(name).matches() == holds;
    boolean aboutSharing = owner.equals("dev.singleflight.SharedResult");
    if ((there || !certain) && !aboutSharing) {
      answered(call, state);
      pair(call, state);
    }
    List<NullState> known = summaries.predicate(call, method, holds, state);
    if (known != null) {
      return known;
    }
    for (ExpressionTree argument : call.getArguments()) {
      boolean variable = Symbols.strip(argument) instanceof IdentifierTree;
      there(argument, (there || !certain) && (variable || call.getArguments().size() == 1), state);
    }
    return remembered(NullWords.of(call), holds, state);
  }

  /** {@code "de".equals(country)} and {@code Objects.equals(a, b)}. */
  private List<NullState> equal(MethodInvocationTree call, boolean holds, NullState state) {
    List<? extends ExpressionTree> arguments = call.getArguments();
    ExpressionTree receiver = Symbols.receiver(call);
    MethodSymbol method = Symbols.method(call);
    if (holds && arguments.size() == 1 && receiver != null) {
      there(Symbols.strip(arguments.get(0)), true, state);
    } else if (holds && arguments.size() == 2 && method != null && method.isStatic()) {
      ExpressionTree left = Symbols.strip(arguments.get(0));
      ExpressionTree right = Symbols.strip(arguments.get(1));
      there(left, isThere(right, state), state);
      there(right, isThere(left, state), state);
    }
    if (receiver != null) {
      answered(Symbols.strip(receiver), state);
    }
    arguments.forEach(argument -> answered(argument, state));
    return remembered(NullWords.of(call), holds, state);
  }

  /** A boolean variable: what it was made of, where that is still so. */
  private List<NullState> flag(IdentifierTree name, boolean holds, NullState state) {
    VarSymbol variable = Symbols.variable(name);
    List<NullState> ways = remembered(NullWords.of(name), holds, state);
    if (ways.isEmpty() || variable == null || member == null || Symbols.isField(variable)) {
      return ways;
    }
    boolean fixed =
        member.definitions(variable).size() == 1
            && member.declaration(variable) instanceof VariableTree declaration
            && declaration.getInitializer() != null;
    return fixed ? assume(member.definitions(variable).get(0).value(), holds, state) : ways;
  }

  /** A condition of which nothing is known but that it holds, or not, on this way. */
  private static List<NullState> remembered(
      @Nullable String words, boolean holds, NullState state) {
    if (words == null) {
      return List.of(state);
    }
    Boolean known = state.condition(words);
    if (known != null) {
      return known == holds ? List.of(state) : List.of();
    }
    state.assume(words, holds);
    return List.of(state);
  }

  static boolean isNull(ExpressionTree tree) {
    return Symbols.strip(tree).getKind() == Tree.Kind.NULL_LITERAL;
  }
}
