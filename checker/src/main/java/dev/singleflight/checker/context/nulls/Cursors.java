package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cursors over rows: whoever steps them on has to look whether there is a row. */
final class Cursors {
  private static final Pattern CURSORS = Pattern.compile("\\w*(ResultSet|RowSet|Cursor)");

  private Cursors() {}

  /** {@code rows.next();}: whether there is a row, nobody asked. */
  static void ignored(MethodInvocationTree call, NullState state) {
    ExpressionTree receiver = Symbols.receiver(call);
    String words = receiver == null ? null : NullWords.of(receiver);
    if (words != null
        && receiver != null
        && call.getArguments().isEmpty()
        && NullWords.name(call).matches("next|first|last|previous|moveToFirst|moveToNext")
        && CURSORS.matcher(Symbols.simpleName(Symbols.typeOf(receiver))).matches()
        && NullCalls.isBoolean(call)) {
      state.put(unreadWords(words), NullValue.sometimes(NullUses.source(call) + " ignored"));
    }
  }

  /** What reading from a cursor finds where its last step was ignored; null otherwise. */
  static @Nullable NullValue unread(
      MethodInvocationTree tree, MethodSymbol method, NullState state, Member member) {
    ExpressionTree receiver = Symbols.receiver(tree);
    String words =
        receiver != null && method.name.toString().startsWith("get")
            ? NullWords.of(receiver)
            : null;
    NullValue unread = words == null ? null : state.value(unreadWords(words));
    if (unread != null && words != null) {
      state.put(unreadWords(words), NullValue.SAFE);
    }
    return unread != null && unread.mayBeNull() && !isAskedLater(tree, member) ? unread : null;
  }

  /** {@code String max = rows.getString(1); if (max == null) …}: an aggregate has its row. */
  private static boolean isAskedLater(MethodInvocationTree tree, Member member) {
    return member.parent(tree) instanceof VariableTree value
        && Conditions.asked(member.tree()).contains(Symbols.variable(value));
  }

  private static String unreadWords(String cursor) {
    return cursor + ".row?";
  }
}
