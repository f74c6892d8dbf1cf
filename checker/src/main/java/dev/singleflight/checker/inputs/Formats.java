package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a format puts into its text: the arguments that its placeholders name, each where it stands.
 * One that no placeholder names is not in the text, as in {@code String.format("%s", id, tenant)}.
 */
final class Formats {
  /** A conversion as {@link java.util.Formatter} reads it. */
  private static final Pattern CONVERSION =
      Pattern.compile("%(\\d+\\$)?([-#+ 0,(<]*)(\\d+)?(\\.\\d+)?([tT]?[a-zA-Z%])");

  /** Conversions that put a value as concatenation does. */
  private static final ImmutableSet<String> PLAIN = ImmutableSet.of("%s", "%d");

  /** A placeholder of {@link java.text.MessageFormat}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^{}]*\\}");

  private Formats() {}

  /** {@code String.format(pattern, arguments)}; null where the pattern is not known. */
  static @Nullable Term format(Term pattern, List<Term> arguments, @Nullable Tree tree) {
    String known = text(pattern);
    if (known == null || isArray(arguments)) {
      return null;
    }
    ImmutableList.Builder<Term> parts = ImmutableList.builder();
    Matcher matcher = CONVERSION.matcher(known);
    int next = 0;
    int last = -1;
    int from = 0;
    while (matcher.find()) {
      parts.add(new Const(known.substring(from, matcher.start())));
      from = matcher.end();
      String conversion = matcher.group(5);
      if (conversion.equals("%") || conversion.equals("n")) {
        parts.add(new Const(conversion));
        continue;
      }
      String index = matcher.group(1);
      if (index != null) {
        last = Integer.parseInt(index.substring(0, index.length() - 1)) - 1;
      } else if (!matcher.group(2).contains("<")) {
        last = next++;
      }
      if (last >= 0 && last < arguments.size()) {
        if (!PLAIN.contains(matcher.group().replace(index == null ? "" : index, ""))) {
          parts.add(new Const(matcher.group())); // no two ways of putting it are the same text
        }
        parts.add(Texts.unworded(arguments.get(last)));
      }
    }
    parts.add(new Const(known.substring(from)));
    return Terms.op(Kind.CONCAT, parts.build(), tree);
  }

  /** {@code MessageFormat.format(pattern, arguments)}; null where the pattern is not known. */
  static @Nullable Term message(Term pattern, List<Term> arguments, @Nullable Tree tree) {
    String known = text(pattern);
    if (known == null || known.contains("'") || isArray(arguments)) {
      return null;
    }
    ImmutableList.Builder<Term> parts = ImmutableList.builder();
    Matcher matcher = PLACEHOLDER.matcher(known);
    int from = 0;
    while (matcher.find()) {
      parts.add(new Const(known.substring(from, matcher.start())));
      from = matcher.end();
      int index = Integer.parseInt(matcher.group(1));
      if (index < arguments.size()) {
        if (!Symbols.qualifiedName(Stability.typeOf(arguments.get(index)))
            .equals("java.lang.String")) {
          parts.add(new Const(matcher.group())); // numbers are grouped, dates worded by locale
        }
        parts.add(Texts.unworded(arguments.get(index)));
      }
    }
    parts.add(new Const(known.substring(from)));
    return Terms.op(Kind.CONCAT, parts.build(), tree);
  }

  /** The arguments given as one array, of which nothing is known. */
  private static boolean isArray(List<Term> arguments) {
    return arguments.size() == 1 && Stability.typeOf(arguments.get(0)) instanceof Type.ArrayType;
  }

  private static @Nullable String text(Term pattern) {
    return Terms.value(pattern) instanceof Const known && known.value() instanceof String text
        ? text
        : null;
  }
}
