package dev.singleflight.checker.inputs;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** What the comment of a method without a body says of null: it is all that there is to go by. */
final class Documented {
  private static final Pattern NULL = Pattern.compile("\\bnulls?\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NEVER =
      Pattern.compile(
          "\\b(never|not|non|no|isn't|neither|without)\\b[\\s-]*(a |be |return |returns )*(\\{@code |<code>|`)?null",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RETURNS =
      Pattern.compile(
          "(@return|\\breturns?\\b|\\bgives?\\b|\\byields?\\b|\\bor\\b|^)[^.]*\\bnull\\b|\\bnull\\b[^.]*\\b(if|when|unless|for|where|on)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Sources sources;
  private final Map<ClassSymbol, String> texts = new HashMap<>();

  Documented(VisitorState state) {
    this.sources = Sources.of(state);
  }

  boolean mayReturnNull(MethodSymbol method) {
    if (!(method.owner instanceof ClassSymbol owner)) {
      return false;
    }
    String comment = comment(method, owner);
    if (comment == null || !NULL.matcher(comment).find()) {
      return false;
    }
    String returned = comment.replaceAll("@(param|throws|exception)[^@]*", "");
    return !NEVER.matcher(returned).find() && RETURNS.matcher(returned).find();
  }

  private @Nullable String comment(MethodSymbol method, ClassSymbol owner) {
    ClassTree type = sources.classTree(owner);
    if (type == null) {
      return null;
    }
    int previous = TreeInfo.getStartPos((JCTree) type);
    for (Tree member : type.getMembers()) {
      int start = TreeInfo.getStartPos((JCTree) member);
      if (member instanceof MethodTree tree
          && tree.getBody() == null
          && Symbols.method(tree) == method) {
        return commentBetween(previous, start, owner);
      }
      previous = Math.max(previous, start);
    }
    return null;
  }

  /** The javadoc comment that ends right before a declaration. */
  private @Nullable String commentBetween(int previous, int start, ClassSymbol owner) {
    String text = texts.computeIfAbsent(owner.outermostClass(), Documented::text);
    if (previous < 0 || start > text.length() || previous > start) {
      return null;
    }
    String before = text.substring(previous, start).stripTrailing();
    int opened = before.lastIndexOf("/**");
    return opened >= 0 && before.endsWith("*/")
        ? before
            .substring(opened)
            .replaceAll("\\s*\\n\\s*\\*?\\s*", " ")
            .replaceAll("[*/]+", " ")
            .strip()
        : null;
  }

  private static String text(ClassSymbol outermost) {
    JavaFileObject file = outermost.sourcefile;
    if (file == null) {
      return "";
    }
    try {
      return file.getCharContent(true).toString();
    } catch (IOException e) {
      return ""; // as if it had no comments
    }
  }
}
