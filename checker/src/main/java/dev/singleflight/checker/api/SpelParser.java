package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.singleflight.checker.api.Spel.All;
import dev.singleflight.checker.api.Spel.Arguments;
import dev.singleflight.checker.api.Spel.Call;
import dev.singleflight.checker.api.Spel.Constant;
import dev.singleflight.checker.api.Spel.Missing;
import dev.singleflight.checker.api.Spel.Parameter;
import dev.singleflight.checker.api.Spel.Property;
import dev.singleflight.checker.api.Spel.Result;
import dev.singleflight.checker.api.Spel.Root;
import dev.singleflight.checker.api.Spel.Sum;
import dev.singleflight.checker.api.Spel.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link Spel} expression by recursive descent. What it does not understand is unseen:
 * nothing is then said about the key.
 */
final class SpelParser {
  private static final Pattern POSITION = Pattern.compile("[pa](\\d+)");

  private static final ImmutableSet<String> OPERATORS =
      ImmutableSet.of(
          "or",
          "and",
          "||",
          "&&",
          "==",
          "!=",
          "<",
          ">",
          "<=",
          ">=",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "instanceof",
          "matches",
          "between",
          "-",
          "*",
          "/",
          "%",
          "div",
          "mod",
          "^");

  private static final ImmutableSet<String> WORDS = ImmutableSet.of("true", "false", "null");

  /** Of the call as a whole: the same each time that the method is called on the same object. */
  private static final ImmutableSet<String> OF_THE_METHOD =
      ImmutableSet.of(
          "method", "methodName", "target", "targetClass", "targetObject", "caches", "class");

  private static final ImmutableSet<String> OBJECT = ImmutableSet.of("target", "targetObject");

  private final SpelTokens tokens;
  private final List<String> parameters;

  private SpelParser(String text, List<String> parameters) {
    this.tokens = new SpelTokens(text);
    this.parameters = parameters;
  }

  /** What an expression is made of, in terms of a method's parameters. */
  static Spel parse(String text, List<String> parameters) {
    try {
      SpelParser parser = new SpelParser(text, parameters);
      Spel parsed = parser.expression();
      return parser.tokens.isAtEnd() ? parsed : new Unseen();
    } catch (NotUnderstood e) {
      return new Unseen();
    }
  }

  /** Not for users: an expression that cannot be read is no fault of this compilation's. */
  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A choice, whose condition takes part in what comes out. */
  private Spel expression() {
    Spel first = operation();
    if (tokens.take("?:")) {
      return all(first, expression());
    }
    if (!tokens.take("?")) {
      return first;
    }
    Spel then = expression();
    expect(":");
    return all(first, then, expression());
  }

  private Spel operation() {
    Spel first = sum();
    List<Spel> parts = new ArrayList<>(List.of(first));
    while (tokens.takeAny(OPERATORS)) {
      parts.add(sum());
    }
    return parts.size() == 1 ? first : new All(ImmutableList.copyOf(parts));
  }

  private Spel sum() {
    Spel first = unary();
    List<Spel> operands = new ArrayList<>(List.of(first));
    while (tokens.take("+")) {
      operands.add(unary());
    }
    return operands.size() == 1 ? first : new Sum(ImmutableList.copyOf(operands));
  }

  private Spel unary() {
    if (tokens.take("-") || tokens.take("!") || tokens.take("not") || tokens.take("+")) {
      return unary();
    }
    return postfix(primary());
  }

  private Spel postfix(Spel start) {
    Spel value = start;
    while (true) {
      if (tokens.take(".") || tokens.take("?.")) {
        value = member(value, name());
      } else if (tokens.take("[")) {
        Spel index = expression();
        expect("]");
        value =
            index instanceof Constant constant
                ? element(value, constant.text())
                : all(value, index);
      } else {
        return value;
      }
    }
  }

  private Spel member(Spel target, String name) {
    if (!tokens.take("(")) {
      return target instanceof Root ? root(name) : property(target, name);
    }
    ImmutableList<Spel> arguments = list(")");
    boolean hidden = target instanceof Constant && arguments.isEmpty();
    return target instanceof Root || isObject(target) || hidden
        ? new Unseen()
        : new Call(target, name, arguments);
  }

  private static Spel property(Spel target, String name) {
    if (isObject(target)) {
      return new Unseen();
    }
    return target instanceof Constant ? target : new Property(target, name);
  }

  /** The object the method is called on, which may hold or find anything. */
  private static boolean isObject(Spel target) {
    return target instanceof Constant constant && OBJECT.contains(constant.text());
  }

  private Spel element(Spel target, String index) {
    if (target instanceof Arguments && index.matches("\\d+")) {
      return parameter(Integer.parseInt(index), "args[" + index + "]");
    }
    return property(target, "[" + index + "]");
  }

  private Spel primary() {
    if (tokens.take("#")) {
      return variable(name());
    }
    if (tokens.take("(")) {
      Spel inner = expression();
      expect(")");
      return inner;
    }
    if (tokens.take("{")) {
      return new All(list("}"));
    }
    if (tokens.isName()) {
      return word(tokens.next());
    }
    String token = tokens.next();
    if (!token.isEmpty() && (Character.isDigit(token.charAt(0)) || isString(token))) {
      return new Constant(isString(token) ? token.substring(1, token.length() - 1) : token);
    }
    throw new NotUnderstood();
  }

  private static boolean isString(String token) {
    char first = token.charAt(0);
    return token.length() > 1
        && (first == '\'' || first == '"')
        && token.charAt(token.length() - 1) == first;
  }

  /** A word that nothing marks as a variable: a type, a literal, or a property of the root. */
  private Spel word(String word) {
    if (WORDS.contains(word)) {
      return new Constant(word);
    }
    if (word.equals("T") && tokens.take("(")) {
      String type = qualified();
      expect(")");
      return new Constant(type);
    }
    if (word.equals("new")) {
      String type = qualified();
      expect("(");
      return new Call(new Constant(type), "new", list(")"));
    }
    return tokens.peek().equals("(") ? new Unseen() : root(word);
  }

  private Spel variable(String name) {
    if (name.equals("root")) {
      return new Root();
    }
    if (name.equals("result")) {
      return new Result();
    }
    int named = parameters.indexOf(name);
    if (named >= 0) {
      return new Parameter(named);
    }
    Matcher position = POSITION.matcher(name);
    return position.matches()
        ? parameter(Integer.parseInt(position.group(1)), name)
        : new Missing(name);
  }

  private Spel root(String name) {
    if (name.equals("args")) {
      return new Arguments();
    }
    if (name.equals("result")) {
      return new Result();
    }
    return OF_THE_METHOD.contains(name) ? new Constant(name) : new Unseen();
  }

  private Spel parameter(int index, String name) {
    return index < parameters.size() ? new Parameter(index) : new Missing(name);
  }

  private ImmutableList<Spel> list(String end) {
    ImmutableList.Builder<Spel> parts = ImmutableList.builder();
    if (tokens.take(end)) {
      return parts.build();
    }
    do {
      parts.add(expression());
      if (tokens.take(":")) {
        parts.add(expression()); // of a map: its keys are constants
      }
    } while (tokens.take(","));
    expect(end);
    return parts.build();
  }

  private String qualified() {
    StringBuilder name = new StringBuilder(name());
    while (tokens.take(".")) {
      name.append('.').append(name());
    }
    return name.toString();
  }

  private String name() {
    if (!tokens.isName()) {
      throw new NotUnderstood();
    }
    return tokens.next();
  }

  private void expect(String token) {
    if (!tokens.take(token)) {
      throw new NotUnderstood();
    }
  }

  private static Spel all(Spel... parts) {
    return new All(ImmutableList.copyOf(parts));
  }
}
