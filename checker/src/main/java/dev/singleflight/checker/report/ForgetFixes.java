package dev.singleflight.checker.report;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.context.Invalidations.Drop;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds {@code group.forget(key)} behind the statement that drops an entry. */
public final class ForgetFixes {
  private ForgetFixes() {}

  /**
   * The fix, where group and key can be named; empty where they cannot, or where an entry's key is
   * not the flight's.
   */
  public static Optional<SuggestedFix> after(Drop drop, Member member, VisitorState state) {
    Site site = drop.store().site();
    boolean ours = site.api().type().equals("dev.singleflight.SingleflightGroup");
    String group = drop.store().group() instanceof Term.Field field ? name(field, member) : null;
    Tree statement = member.parent(drop.access().at());
    if (!ours
        || group == null
        || drop.access().isThroughCall()
        || !(statement instanceof ExpressionStatementTree)
        || !(drop.access().at() instanceof MethodInvocationTree call)) {
      return Optional.empty();
    }
    String forget = call(call, drop, state);
    return forget == null
        ? Optional.empty()
        : Optional.of(SuggestedFix.postfixWith(statement, "\n" + group + "." + forget + ";"));
  }

  private static @Nullable String call(MethodInvocationTree drop, Drop found, VisitorState state) {
    List<? extends ExpressionTree> arguments = drop.getArguments();
    if (arguments.isEmpty()) {
      return "forgetAll()";
    }
    Inputs inputs = Inputs.of(state);
    Site site = found.store().site();
    boolean sameKey = Terms.same(inputs.key(site), found.store().put().key());
    ExpressionTree group = site.group();
    Type type = group == null ? null : Symbols.typeOf(group);
    Type key = Symbols.typeOf(arguments.get(0));
    boolean fits =
        type != null
            && key != null
            && !type.getTypeArguments().isEmpty()
            && state.getTypes().isAssignable(key, type.getTypeArguments().get(0));
    return sameKey && fits && found.access().isOfOne() && isSteady(arguments.get(0))
        ? "forget(" + state.getSourceForNode(arguments.get(0)) + ")"
        : null;
  }

  /** Whether an expression may be evaluated twice. */
  private static boolean isSteady(ExpressionTree key) {
    ExpressionTree plain = Symbols.strip(key);
    if (plain instanceof MemberSelectTree select) {
      return isSteady(select.getExpression());
    }
    if (plain instanceof MethodInvocationTree call) {
      MethodSymbol method = Symbols.method(call);
      ExpressionTree receiver = Symbols.receiver(call);
      return method != null
          && receiver != null
          && call.getArguments().isEmpty()
          && !method.name.toString().matches("(next|poll|pop|take|remove|read)\\w*")
          && isSteady(receiver);
    }
    return plain instanceof IdentifierTree || plain instanceof LiteralTree;
  }

  /** What the code of {@code member} calls a field; null where it cannot name it. */
  private static @Nullable String name(Term.Field field, Member member) {
    boolean own = field.receiver() == null || Terms.value(field.receiver()) instanceof Term.Self;
    return own && ASTHelpers.enclosingClass(field.symbol()) == member.type()
        ? field.symbol().name.toString()
        : null;
  }
}
