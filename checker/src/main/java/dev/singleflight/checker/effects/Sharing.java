package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object is one that a coalesced load handed to every caller, or is reached from it.
 * Copies end the trace; a copied collection is the caller's own, what is in it is not.
 */
public final class Sharing {
  private static final Pattern COPIES =
      Pattern.compile(
          "clone|copy|slice|deepCopy|deepClone|duplicate|toBuilder|newBuilder|builder|mutate|with[A-Z]\\w*"
              + "|to[A-Z]\\w*|as[A-Z]\\w*|from|of|map|mapTo\\w*|flatMap|reduce|merge|plus\\w*|minus\\w*");

  /** A new container of the same elements. */
  private static final Pattern CONTAINER_COPIES =
      Pattern.compile(
          "copyOf\\w*|toList|toSet|toArray|collect|stream|parallelStream|sorted|filter|limit|skip|distinct"
              + "|peek|boxed|concat|newArrayList|newHashSet|newLinkedHashSet|newHashMap");

  /** Gives the same object, unwrapped. */
  private static final Pattern UNWRAPS =
      Pattern.compile(
          "requireNonNull\\w*|orElse\\w*|join|get|getNow|resultNow|toCompletableFuture"
              + "|whenComplete\\w*|exceptionally\\w*|orTimeout|checkNotNull|completeOnTimeout");

  /** A part of a container, or another way to look at it: what changes it changes the container. */
  private static final Pattern VIEWS =
      Pattern.compile(
          "(sub|head|tail)(List|Map|Set)|keySet|navigableKeySet|values|descending(Map|Set|KeySet)"
              + "|reversed|iterator|listIterator|unmodifiable\\w+");

  /** Gives what is in it. */
  private static final Pattern REACHES =
      Pattern.compile(
          "(get|is|find|first|last|next|peek|element|poll|ceiling|floor|higher|lower|max|min|value|key)\\w*");

  /** Makes something new, or asks a service for it. */
  private static final Pattern MAKES =
      Pattern.compile(
          "(new|create|open|start|begin|prepare|build|make|connect|acquire|generate|compute|load"
              + "|fetch|query|parse|render|format|run|submit|call|execute|send|resolve|snapshot"
              + "|getConnection|getSession|getBean|getResource)\\w*");

  private static final ImmutableSet<String> ACCESSOR_EXCEPTIONS =
      ImmutableSet.of("size", "length", "hashCode", "toString", "count", "getClass", "builder");

  /** A new container of what it is given. */
  private static final Pattern BOXES =
      Pattern.compile("of|ofNullable|singleton\\w*|entry|asList|just|completedFuture");

  private static final Pattern VALUES =
      Pattern.compile(
          "java\\.lang\\.(String|Integer|Long|Short|Byte|Character|Boolean|Double|Float)"
              + "|java\\.math\\.\\w+|java\\.time\\.\\w+|java\\.util\\.UUID");

  private static final int MAX_ALIASES = 32;

  private final Apis apis;
  private final Inputs inputs;
  private final Predicate<Term> loads;

  /** What fields hold, each found once: they may be given each other, over and over. */
  private final Map<VarSymbol, Level> ofLoads = new HashMap<>();

  private @Nullable Predicate<Term> asked;
  private Map<VarSymbol, Level> ofAsked = new HashMap<>();
  private int aliases;

  Sharing(VisitorState state, Inputs inputs) {
    this.apis = Apis.of(state);
    this.inputs = inputs;
    this.loads = new SharedOrigins(state, inputs)::isOrigin;
  }

  /** How much of an object is shared. */
  enum Level {
    /** It is the caller's own. */
    NONE,
    /** What is in what is in it: the entries of a copied map hold what is shared. */
    ENTRIES,
    /** What is in it. */
    CONTENTS,
    /** The object itself. */
    SELF;

    Level inside() {
      return switch (this) {
        case NONE -> NONE;
        case ENTRIES -> CONTENTS;
        case CONTENTS, SELF -> SELF;
      };
    }

    /** In a container of the caller's own. */
    Level contained() {
      return switch (this) {
        case SELF -> CONTENTS;
        case CONTENTS -> ENTRIES;
        case ENTRIES, NONE -> NONE;
      };
    }

    Level copied() {
      return this == SELF ? CONTENTS : this;
    }
  }

  /** Whether a term's value is handed to every caller of a load. */
  public boolean isShared(Term term) {
    return level(term, loads) == Level.SELF;
  }

  /** How much of a term's value is reached from an {@code origin}. */
  Level level(Term term, Predicate<Term> origin) {
    if (term instanceof Returned returned && !origin.test(term)) {
      return level(returned.value(), origin);
    }
    if (term instanceof Term.Decided decided) {
      return decided.by().stream().anyMatch(Sharing::asksWhetherShared)
          ? Level.NONE
          : level(decided.value(), origin);
    }
    Term value = term instanceof Returned ? term : Terms.value(term);
    if (term instanceof Named named) {
      return level(named.value(), origin);
    }
    if (origin.test(value)) {
      // the values of many keys come in a map of the caller's own
      return value instanceof Call call && call.method().name.contentEquals("getAll")
          ? Level.CONTENTS
          : Level.SELF;
    }
    if (value instanceof Field field) {
      return ofField(field, origin);
    }
    if (value instanceof Op op) {
      return ofOp(op, origin);
    }
    if (value instanceof New object) {
      boolean copy =
          object.type().getQualifiedName().toString().startsWith("java.util.")
              && object.arguments().size() == 1;
      return copy ? level(object.arguments().get(0), origin).copied() : Level.NONE;
    }
    return value instanceof Call call ? ofCall(call, origin) : Level.NONE;
  }

  /** {@code result.isShared()}: what comes of it was copied if it had to be. */
  private static boolean asksWhetherShared(Term condition) {
    return Terms.value(condition) instanceof Call call
        && call.method().name.contentEquals("isShared")
        && call.method().owner.name.contentEquals("SharedResult");
  }

  /** A field of a shared object, or one of the caller's that is given nothing else. */
  private Level ofField(Field field, Predicate<Term> origin) {
    Level inside = field.receiver() == null ? Level.NONE : level(field.receiver(), origin).inside();
    boolean sealed = Symbols.isFinal(field.symbol()) || !Symbols.isPublic(field.symbol());
    if (inside != Level.NONE || !sealed || aliases >= MAX_ALIASES) {
      return inside;
    }
    Map<VarSymbol, Level> known = known(origin);
    Level found = known.get(field.symbol());
    if (found == null) {
      known.put(field.symbol(), Level.NONE); // while it is being found, by way of itself
      aliases++;
      found = ofDefinitions(field, origin);
      aliases--;
      known.put(field.symbol(), found);
    }
    return found;
  }

  private Map<VarSymbol, Level> known(Predicate<Term> origin) {
    if (origin == loads) {
      return ofLoads;
    }
    if (origin != asked) {
      asked = origin;
      ofAsked = new HashMap<>();
    }
    return ofAsked;
  }

  private Level ofDefinitions(Field field, Predicate<Term> origin) {
    Level least = Level.SELF;
    boolean any = false;
    for (Term definition : inputs.definitions(field)) {
      if (!(Terms.value(definition) instanceof Const)) {
        Level level = level(definition, origin);
        least = level.compareTo(least) < 0 ? level : least;
        any = true;
      }
    }
    return any ? least : Level.NONE;
  }

  private Level ofOp(Op op, Predicate<Term> origin) {
    if (op.operands().isEmpty()) {
      return Level.NONE;
    }
    if (op.kind() == Kind.ELEMENT) {
      return level(op.operands().get(0), origin).inside();
    }
    if (op.kind() == Kind.BOX) {
      return level(op.operands().get(0), origin).contained();
    }
    if (op.kind() == Kind.COMBINE) {
      return ofFilled(op, origin);
    }
    Level most = Level.NONE;
    if (op.kind() == Kind.CHOICE) {
      for (Term operand : op.operands()) {
        Level level = level(operand, origin);
        most = level.compareTo(most) > 0 ? level : most;
      }
    }
    return most;
  }

  /** An object, and what it was filled with: a container of the caller's own holds that. */
  private Level ofFilled(Op op, Predicate<Term> origin) {
    Term object = op.operands().get(0);
    Level level = level(object, origin);
    boolean container =
        Terms.value(object) instanceof New made
            && made.type().getQualifiedName().toString().startsWith("java.util.");
    if (level == Level.NONE && container) {
      for (Term added : op.operands().subList(1, op.operands().size())) {
        if (!isValue(Inputs.typeOf(added))) {
          Level contained = level(added, origin).contained();
          level = contained.compareTo(level) > 0 ? contained : level;
        }
      }
    }
    return level;
  }

  /** Cannot be changed by anybody: who holds it shares nothing. */
  private static boolean isValue(@Nullable Type type) {
    return type != null
        && (type.isPrimitive()
            || VALUES.matcher(Symbols.qualifiedName(type)).matches()
            || (type.tsym != null && type.tsym.isEnum()));
  }

  private Level ofCall(Call call, Predicate<Term> origin) {
    if (apis.match(call.method()) != null) {
      return Level.NONE;
    }
    String name = call.method().name.toString();
    Term from =
        call.receiver() != null
            ? call.receiver()
            : call.arguments().isEmpty() ? null : call.arguments().get(0);
    if (from == null || ACCESSOR_EXCEPTIONS.contains(name)) {
      return Level.NONE;
    }
    if (call.tree() instanceof MethodInvocationTree tree
        && name.equals("clone")
        && Symbols.typeOf(tree) instanceof Type.ArrayType) {
      return level(from, origin).copied();
    }
    if (CONTAINER_COPIES.matcher(name).matches()) {
      boolean keeps = isLibrary(call) && (!name.equals("collect") || keepsElements(call));
      if (name.equals("collect") && groupsElements(call)) {
        return level(from, origin).copied().contained();
      }
      return keeps ? level(from, origin).copied() : Level.NONE;
    }
    if (BOXES.matcher(name).matches() && call.receiver() == null && isLibrary(call)) {
      return ofBox(call, origin);
    }
    if (isContainer(call) && name.equals("entrySet")) {
      Level level = level(from, origin);
      return level == Level.CONTENTS ? Level.ENTRIES : level;
    }
    if (isContainer(call) && VIEWS.matcher(name).matches()) {
      return level(from, origin);
    }
    if (UNWRAPS.matcher(name).matches()) {
      if (Terms.value(from) instanceof Op box && box.kind() == Kind.BOX) {
        return level(box.operands().get(0), origin);
      }
      Level level = level(from, origin);
      boolean same = name.startsWith("require") || name.startsWith("check");
      return !same && (isContainer(call) || name.equals("get")) ? level.inside() : level;
    }
    if (call.receiver() == null || makesAnother(call.method())) {
      return Level.NONE;
    }
    boolean accessor =
        call.arguments().isEmpty() || (isLibrary(call) && REACHES.matcher(name).matches());
    return accessor ? level(from, origin).inside() : Level.NONE;
  }

  /** Whether a method, by its name, makes another object and does not give one that is there. */
  static boolean makesAnother(MethodSymbol method) {
    return COPIES.matcher(method.name).matches() || MAKES.matcher(method.name).matches();
  }

  /** {@code collect(groupingBy(…))}: the same elements, in collections of their own. */
  private static boolean groupsElements(Call call) {
    return call.arguments().size() == 1
        && Terms.value(call.arguments().get(0)) instanceof Call collector
        && collector.arguments().size() == 1
        && collector.method().name.toString().matches("groupingBy(Concurrent)?|partitioningBy");
  }

  /** {@code collect(toList())}: the same elements, not grouped or mapped to others. */
  private static boolean keepsElements(Call call) {
    if (call.arguments().size() != 1
        || !(Terms.value(call.arguments().get(0)) instanceof Call collector)) {
      return false;
    }
    String name = collector.method().name.toString();
    return name.matches("to(Unmodifiable|Immutable)?(List|Set)|toCollection")
        || (name.matches("to(Unmodifiable|Concurrent)?Map")
            && collector.arguments().size() >= 2
            && isIdentity(Terms.value(collector.arguments().get(1))));
  }

  /** {@code Function.identity()}, or {@code x -> x}. */
  private static boolean isIdentity(Term function) {
    return function instanceof Call call
        ? call.method().name.contentEquals("identity")
        : function instanceof Term.Code code
            && code.tree() instanceof LambdaExpressionTree lambda
            && lambda.getBody() instanceof IdentifierTree name
            && Symbols.variable(name) == Symbols.variable(lambda.getParameters().get(0));
  }

  private Level ofBox(Call call, Predicate<Term> origin) {
    boolean view =
        call.method().name.contentEquals("asList")
            && call.tree() instanceof MethodInvocationTree tree
            && tree.getArguments().size() == 1
            && Symbols.typeOf(tree.getArguments().get(0)) instanceof Type.ArrayType;
    if (view) {
      return level(call.arguments().get(0), origin);
    }
    for (Term argument : call.arguments()) {
      if (level(argument, origin) == Level.SELF) {
        return Level.CONTENTS;
      }
    }
    return Level.NONE;
  }

  private static boolean isLibrary(Call call) {
    String owner = call.method().owner.getQualifiedName().toString();
    return owner.startsWith("java.util.") || owner.startsWith("com.google.common.collect.");
  }

  private static boolean isContainer(Call call) {
    String owner = call.method().owner.getQualifiedName().toString();
    return owner.startsWith("java.util.") && !owner.startsWith("java.util.concurrent.Comp");
  }
}
