package dev.singleflight.checker.inputs;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what a key omits goes with the key anyway, by what they and their uses say. */
final class Belonging {
  /** When something happened: what is made then has begun then. */
  private static final Pattern FIRST_SEEN =
      Pattern.compile(
          "(.*_)?(now|time|timestamp|instant|clock|tick|started|created|seq_?no|seqno)(_\\w+)?|start|at");

  private static final Pattern ID = Pattern.compile("(.*_)?(id|uuid|guid)");

  private static final Pattern NAME =
      Pattern.compile(
          "(.*_)?(name|id|uuid|guid|key|path|file|uri|url|location|locator|prefix|suffix|channel|topic"
              + "|label|title|description|comment|text|value|owner|creator)");

  private static final Pattern KNOWN_BY =
      Pattern.compile("(get)?(\\w*([iI]d|ID|Uuid|UUID|Key|Name)|id|uuid|key|name)");

  private static final Pattern OWN =
      Pattern.compile(
          "(.*_)?(session|connection|channel|socket|conversation|subscription|exchange)"
              + "(_?(id|key|token|no|number))?");

  /** Named after what puts in what its caller has brought, once for a key. */
  private static final Pattern BRINGS =
      Pattern.compile("(add|put|register|store|insert|set|define|declare|bind)([A-Z]\\w*)?");

  private static final Pattern ROOM = Pattern.compile("(.*_)?(size|capacity|length)(_hint)?");

  private static final Pattern ROOMY =
      Pattern.compile("\\w*(Stream|Buffer|List|Map|Set|Queue|Deque|Array|Table|Builder|Writer)");

  private static final Pattern SETTINGS_OF =
      Pattern.compile("(\\w+)(Properties|Settings|Config|Configuration|Options)");

  private final Inputs inputs;
  private final Tenants tenants;

  Belonging(Inputs inputs, Tenants tenants) {
    this.inputs = inputs;
    this.tenants = tenants;
  }

  /** Whether a key is what something calls its id or name: two of the same are the same. */
  static boolean isKnownBy(Atom key, VarSymbol variable) {
    int last = key.path().size() - 1;
    return last >= 0
        && key.root() == variable
        && KNOWN_BY.matcher(key.path().get(last).symbol().name).matches();
  }

  /** Whether what is found or made is given the value once more: it begins with the first one. */
  static boolean isUpdatedWith(VarSymbol variable, Entry entry) {
    if (FIRST_SEEN.matcher(Decisive.words(variable)).matches()) {
      return true;
    }
    if (isToldOfWhatIsFound(variable, entry) || isWhatIsFoundChecked(variable, entry)) {
      return true;
    }
    for (Uses.Use use : Uses.of(entry.at(), entry.member())) {
      if (use.kind() == Uses.Kind.RECEIVER
          && use.at() instanceof MethodInvocationTree call
          && call.getArguments().stream()
              .anyMatch(argument -> Conditions.variables(argument).contains(variable))) {
        return true;
      }
      if (isCompared(use, entry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a memoizer tells what it has found, and need not put, of the value. */
  private static boolean isToldOfWhatIsFound(VarSymbol variable, Entry entry) {
    Tree value = entry.site().api().has(Trait.VALUE) ? entry.site().loader() : null;
    VarSymbol found =
        value instanceof ExpressionTree put ? Symbols.variable(Symbols.strip(put)) : null;
    Member member = entry.member();
    return found != null
        && member.callsOn(found).stream()
            .anyMatch(
                call ->
                    call.getArguments().stream()
                            .anyMatch(a -> Conditions.variables(a).contains(variable))
                        && !member.flow().mayFollow(call, entry.at()));
  }

  /**
   * Whether a memoizer takes what it has found only if that goes with the value, itself or the
   * helper that is given the value.
   */
  private static boolean isWhatIsFoundChecked(VarSymbol variable, Entry entry) {
    if (checksWhatIsFound(variable, entry)) {
      return true;
    }
    Entry inner = entry.inner();
    if (inner == null
        || !(entry.at() instanceof MethodInvocationTree call)
        || !(inner.member().tree() instanceof MethodTree helper)) {
      return false;
    }
    int given = Math.min(call.getArguments().size(), helper.getParameters().size());
    for (int i = 0; i < given; i++) {
      VarSymbol parameter = Symbols.variable(helper.getParameters().get(i));
      if (parameter != null
          && Conditions.variables(call.getArguments().get(i)).contains(variable)
          && isWhatIsFoundChecked(parameter, inner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean checksWhatIsFound(VarSymbol variable, Entry entry) {
    Tree value = entry.site().api().has(Trait.VALUE) ? entry.site().loader() : null;
    VarSymbol found =
        value instanceof ExpressionTree put ? Symbols.variable(Symbols.strip(put)) : null;
    Member member = entry.member();
    return found != null
        && Stream.concat(member.handedTo(found).stream(), member.callsOn(found).stream())
            .anyMatch(
                call ->
                    call.getArguments().stream()
                            .anyMatch(a -> Conditions.variables(a).contains(variable))
                        && isCondition(call, member)
                        && isOnlyLookedUp(found, call, entry));
  }

  private static boolean isCondition(Tree call, Member member) {
    Tree at = member.parent(call);
    while (at instanceof ParenthesizedTree || at instanceof BinaryTree || at instanceof UnaryTree) {
      at = member.parent(at);
    }
    return at instanceof IfTree || at instanceof ConditionalExpressionTree;
  }

  /** Whether up to a place a variable holds what the map gave, and nothing that was loaded. */
  private static boolean isOnlyLookedUp(VarSymbol found, Tree place, Entry entry) {
    int start = ASTHelpers.getStartPosition(place);
    VarSymbol store = store(entry.site().call());
    return store != null
        && entry.member().definitions(found).stream()
            .filter(definition -> ASTHelpers.getStartPosition(definition.at()) < start)
            .allMatch(
                definition ->
                    Symbols.strip(definition.value()) instanceof MethodInvocationTree look
                        && store(look) == store);
  }

  private static @Nullable VarSymbol store(@Nullable MethodInvocationTree call) {
    ExpressionTree receiver = call == null ? null : Symbols.receiver(call);
    return receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
  }

  /** Whether what is found is compared with what it would have been made with. */
  private static boolean isCompared(Uses.Use use, Entry entry) {
    Tree at = entry.member().parent(use.at());
    MethodSymbol method = Symbols.method(at);
    boolean compares =
        at instanceof BinaryTree binary
            ? binary.getKind() == Tree.Kind.EQUAL_TO || binary.getKind() == Tree.Kind.NOT_EQUAL_TO
            : method != null && method.name.contentEquals("equals");
    return compares
        && !Collections.disjoint(
            Conditions.variables(at), Conditions.variables(entry.site().loader()));
  }

  /**
   * Whether the key names what is loaded, and what it omits is another name that goes with it: an
   * id tells whose it is, a name where it is.
   */
  boolean isNamed(VarSymbol variable, Entry entry) {
    String name = Decisive.words(variable);
    if (tenants.in(Atom.root(variable, Nature.PLAIN)) != null) {
      return isId(entry);
    }
    boolean isText = Symbols.qualifiedName(variable.type).equals("java.lang.String");
    return (ID.matcher(name).matches() && isId(entry)) || (isText && NAME.matcher(name).matches());
  }

  /**
   * Whether the code around a call asks a caller's object something, so that it may keep only what
   * is the same for all; whether there is one at all does not count.
   */
  boolean isAskedFirst(Symbol caller, Entry entry) {
    return Conditions.of(entry.at(), entry.member().tree(), entry.member()).stream()
        .map(Condition::expression)
        .map(asked -> inputs.evaluate(asked, inputs.scope(entry.member())))
        .anyMatch(asked -> isGivenBy(asked, caller, false));
  }

  /** Whether a value is one that an object gave when it was asked, and not the object itself. */
  private static boolean isGivenBy(Term term, Symbol object, boolean asked) {
    Term value = Terms.value(term);
    if (value instanceof Op op) {
      return op.operands().stream().anyMatch(operand -> isGivenBy(operand, object, asked));
    }
    Term from =
        value instanceof Call call
            ? call.receiver()
            : value instanceof Field field ? field.receiver() : null;
    return from == null
        ? asked && value instanceof Var variable && variable.symbol() == object
        : isGivenBy(from, object, true);
  }

  /** Whether the key is that of a session or a connection, which one caller has for its own. */
  static boolean isOneCallers(Entry entry) {
    Set<VarSymbol> variables = new LinkedHashSet<>();
    for (Tree key : entry.site().keys()) {
      variables.addAll(Conditions.variables(key));
    }
    return !variables.isEmpty()
        && variables.stream().allMatch(key -> OWN.matcher(Decisive.words(key)).matches());
  }

  /** Whether it is how much room what is made has at first: that grows, or says nothing. */
  boolean isRoom(VarSymbol variable, Entry entry) {
    return variable.type.isNumeric()
        && ROOM.matcher(Decisive.words(variable)).matches()
        && Kept.made(entry, inputs).stream().anyMatch(type -> ROOMY.matcher(type.name).matches());
  }

  /** Whether a method by its name keeps what its caller has, and loads nothing. */
  static boolean isBrought(MethodSymbol method) {
    return BRINGS.matcher(method.name).matches();
  }

  /**
   * Whether settings are those of what the key names, by their types: {@code CommandProperties}
   * where the key comes from a {@code CommandKey}.
   */
  static boolean isSetUpOf(Symbol settings, Set<Atom> key) {
    Matcher type = SETTINGS_OF.matcher(Symbols.simpleName(settings.type));
    return type.matches()
        && key.stream()
            .flatMap(Belonging::types)
            .map(Symbols::simpleName)
            .anyMatch(name -> name.matches(Pattern.quote(type.group(1)) + "(Key|Id|Name)"));
  }

  private static Stream<Type> types(Atom atom) {
    return Stream.concat(Stream.of(atom.root().type), atom.path().stream().map(Step::type));
  }

  /**
   * Whether what is kept looks like the state of an object, and not like what a cache has loaded.
   */
  boolean isStateOf(Entry entry, Kept kept, VarSymbol variable) {
    if (kept.isCache()) {
      return false;
    }
    return entry.site().api().has(Trait.VALUE)
        || (Kept.isMade(entry, inputs) && (isId(entry) || variable.type.isNumeric()));
  }

  /**
   * Whether a value is one by which loads are told apart: it says what whoever asks wants to have;
   * or what is in a cache was asked for with it, or is found by a static method for all. What is
   * made with a value when it is first met is state most of the time, and a flag says how.
   */
  boolean isLoadedBy(VarSymbol variable, MethodSymbol method, Kept kept, Entry entry) {
    if (!Values.is(variable.type) || variable.type.hasTag(TypeTag.BOOLEAN)) {
      return false;
    }
    boolean single = Values.isPlain(variable.type);
    return (kept.isStatic() && method.isStatic())
        || (single && Values.isOfAsker(variable))
        || (single && kept.isNamedCache() && Kept.isAskedWith(entry, variable, inputs));
  }

  /** Whether the key is one or more ids. */
  private static boolean isId(Entry entry) {
    Set<VarSymbol> variables = new LinkedHashSet<>();
    for (Tree key : entry.site().keys()) {
      variables.addAll(Conditions.variables(key));
    }
    return !variables.isEmpty()
        && variables.stream().allMatch(key -> ID.matcher(Decisive.words(key)).matches());
  }
}
