package dev.singleflight.checker.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call site being written, and what is to be reported of it. Each form of each dimension adds to
 * it, in the order of the {@link Dimension}s. In the text of a form {@code {x}} and the like stand
 * for what others have chosen; see {@link #fill}.
 */
final class Draft {
  private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

  /** How much of the input the key, or the choice of the group, tells apart. */
  enum Carried {
    WHOLE,
    /** Another check speaks of it, or it is a matter of opinion. */
    VAGUELY,
    NOT
  }

  private final int number;
  private final List<String> members = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private final List<String> fieldsOfConstructor = new ArrayList<>();
  private final Set<String> must = new TreeSet<>();
  private final Set<String> may = new TreeSet<>();
  private String supertype = "";

  // what the dimensions tell each other
  String input = "tenantId";
  String inputType = "String";
  String inputCheck = "";
  String part = "";
  String partType = "";
  Carried carried = Carried.WHOLE;

  /** The same of the key alone. */
  Carried carriedByKey = Carried.WHOLE;

  /** Whether the key, spelled twice, is equal, for all who can read. */
  boolean stableKey = true;

  /** Whether the group is a member of the class, under a name that holds everywhere in it. */
  boolean groupIsMember = true;

  boolean plainGroup;

  /** Whether naming the group twice names the same one, for all who can read. */
  boolean groupIsKnown = true;

  boolean reenters;
  String keyType = "";
  BinaryOperator<String> keyOf = (id, of) -> "";
  String key = "";
  String group = "group";
  String loader = "";
  boolean takesKey;
  boolean usesInput;
  String call = "";
  List<String> body = new ArrayList<>();
  String method = "account";
  String modifiers = "";

  Draft(int number) {
    this.number = number;
  }

  /** Fills the holes of a form's text. */
  String fill(String text) {
    return HOLE.matcher(text)
        .replaceAll(
            hole ->
                Matcher.quoteReplacement(
                    switch (hole.group(1)) {
                      case "n" -> Integer.toString(number);
                      case "x" -> input;
                      case "X" -> inputType;
                      case "part" -> part;
                      case "Part" -> partType;
                      case "key" -> key;
                      case "Key" -> keyType;
                      case "group" -> group;
                      case "loader" -> loader;
                      case "Loader" ->
                          takesKey
                              ? fill("Loader<? super {Key}, Account, RuntimeException>")
                              : "ThrowingSupplier<Account, RuntimeException>";
                      case "call" -> call;
                      case "parameters" -> String.join(", ", parameters);
                      case "arguments" -> arguments();
                      default -> hole.group();
                    }));
  }

  private String arguments() {
    return String.join(
        ", ", parameters.stream().map(p -> p.substring(p.indexOf(' ') + 1)).toList());
  }

  /** A member of the class that the call stands in. */
  void member(String text) {
    members.add(fill(text));
  }

  /** A further class of the same file. */
  void type(String text) {
    types.add(fill(text));
  }

  /** A class of another file. */
  void elsewhere(String text) {
    elsewhere.add(fill(text));
  }

  /** A statement before the call. */
  void before(String text) {
    before.add(fill(text));
  }

  /** A parameter of the method. */
  void parameter(String text) {
    parameters.add(fill(text));
  }

  void construct(String text) {
    fieldsOfConstructor.add(fill(text));
  }

  void must(String check) {
    must.add(check);
  }

  void may(String check) {
    may.add(check);
  }

  /** Makes it a matter of opinion. */
  void doubt(String check) {
    if (must.remove(check)) {
      may.add(check);
    }
  }

  void supertype(String clause) {
    require(supertype.isEmpty());
    supertype = fill(clause);
  }

  /** Of a call in the loader whose group the input does not choose. */
  void answerByKeyAlone() {
    if (carriedByKey == Carried.NOT) {
      must.add(inputCheck);
    } else if (carriedByKey == Carried.VAGUELY) {
      may.add(inputCheck);
    }
  }

  /** Refuses a combination that cannot be written, or has no known answer. */
  static void require(boolean possible) {
    if (!possible) {
      throw new Impossible();
    }
  }

  /** A combination that cannot be written, or has no known answer. */
  static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** What would make the key unstable is no part of it, though it is made each time. */
  void keyIsStableAfterAll() {
    must.remove("SingleflightUnstableKey");
    may.remove("SingleflightUnstableKey");
  }

  /** Moves what is written so far into a method of its own, and calls that. */
  void moveToMethod(String header) {
    member(header + " {\n" + String.join("\n", before) + "\nreturn {call};\n}");
    before.clear();
  }

  Set<String> mustReport() {
    Set<String> all = new TreeSet<>(must);
    if (usesInput && carried == Carried.NOT) {
      all.add(inputCheck);
    }
    return all;
  }

  Set<String> mayReport() {
    Set<String> all = new TreeSet<>(may);
    if (usesInput && carried == Carried.VAGUELY) {
      all.add(inputCheck);
    }
    return all;
  }

  /** The file's part that holds the call, and that of the other file. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(fill("class Site{n} " + supertype + " {"));
    lines.add("final Repository repository;");
    lines.addAll(members);
    lines.add(fill("Site{n}(Repository repository) {\nthis.repository = repository;"));
    lines.addAll(fieldsOfConstructor);
    lines.add("}");
    lines.add(fill("\n" + modifiers + "Account " + method + "({parameters}) throws Exception {"));
    lines.addAll(before);
    lines.addAll(body.stream().map(this::fill).toList());
    lines.add("}\n}");
    lines.addAll(types);
    return String.join("\n", lines);
  }

  String textElsewhere() {
    return String.join("\n", elsewhere);
  }
}
