package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.Atom.Loss;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes equal questions have unequal keys, or unequal ones equal keys: inputs(key) ∩ {clock,
 * random, counter, identity, mutable, lossy}.
 */
public final class KeyFaults {
  private static final ImmutableSet<String> MUTATORS =
      ImmutableSet.of(
          "add", "addAll", "put", "putAll", "remove", "removeIf", "clear", "set", "sort");

  private static final ImmutableSet<String> COMPOSERS =
      ImmutableSet.of("of", "entry", "asList", "ofNullable", "pair");

  private final Inputs inputs;
  private final KeyTypes types;
  private final Stability stability;
  private final Counters counters = new Counters();

  public KeyFaults(Inputs inputs, Options options) {
    this.inputs = inputs;
    this.types = new KeyTypes(options);
    this.stability = new Stability(inputs);
  }

  /**
   * A fault of a key.
   *
   * @param part what is at fault, as the source words it; null where it is the key as a whole
   * @param kind which fault it is
   * @param why what is wrong, as the end of a sentence that names the part
   * @param caller the call of a helper that gives it the key; null where the key is made in place
   */
  public record Fault(@Nullable Tree part, FaultKind kind, String why, @Nullable Tree caller) {
    Fault(@Nullable Tree part, FaultKind kind, String why) {
      this(part, kind, why, null);
    }
  }

  /** How a key can be wrong. */
  public enum FaultKind {
    /** Another one each time: nothing ever coalesces. */
    NEVER_EQUAL,
    /** May change while it is a key. */
    MUTABLE,
    /** Different values may give it: callers get what was loaded for another. */
    LOSSY
  }

  /** The faults of a call's key, the worst first. */
  public List<Fault> of(Site site) {
    List<Fault> faults = new ArrayList<>();
    Set<Entry> faulty = new HashSet<>();
    for (Entry entry : inputs.entries(site)) {
      if (!entry.isBehind(faulty)) {
        List<Fault> found = entry.isThroughHelper() ? of(entry) : ofCall(site);
        faults.addAll(found);
        if (!found.isEmpty()) {
          faulty.add(entry);
        }
      }
    }
    return faults;
  }

  /** The faults of what a call of a helper gives to it for a key. */
  public List<Fault> of(Entry entry) {
    List<Fault> given = new ArrayList<>();
    unstable(inputs.key(entry.site(), entry.scope()), given);
    return given.stream().map(f -> new Fault(f.part(), f.kind(), f.why(), entry.at())).toList();
  }

  private List<Fault> ofCall(Site site) {
    List<Fault> faults = new ArrayList<>();
    for (Tree keyTree : site.keys()) {
      Term key = inputs.key(keyTree, inputs.scope(site.member()));
      unstable(key, faults);
      if (faults.isEmpty()) {
        ExpressionTree advance = counters.advance(inputs.atoms(inputs.compared(key)), site);
        if (advance != null) {
          faults.add(new Fault(advance, FaultKind.NEVER_EQUAL, "is another number each time"));
        }
      }
      if (faults.isEmpty()) {
        components(key, Symbols.typeOf(keyTree), site, faults);
      }
      if (faults.isEmpty()) {
        lossy(key, faults);
      }
    }
    return faults;
  }

  void unstable(Term key, List<Fault> faults) {
    Term part = stability.unstablePart(key);
    if (part == Terms.value(key) && isDrawn(part)) {
      return;
    }
    if (part instanceof Op op) {
      faults.add(new Fault(op.tree(), FaultKind.NEVER_EQUAL, "is another number each time"));
    } else if (part instanceof New object) {
      faults.add(new Fault(object.tree(), FaultKind.NEVER_EQUAL, "is the time of the call"));
    } else if (part instanceof Call call) {
      String why =
          switch (Functions.natureOf(call.method())) {
            case CLOCK -> "is the time of the call";
            case RANDOM -> "is random";
            case COUNTER -> "is another number each time";
            default -> "is another one for each thread or object";
          };
      faults.add(new Fault(call.tree(), FaultKind.NEVER_EQUAL, why));
    }
  }

  /** One of so many keys, drawn at random: others draw it too, as a load test means them to. */
  private static boolean isDrawn(@Nullable Term part) {
    return part instanceof Call call
        && !call.arguments().isEmpty()
        && Functions.natureOf(call.method()) == Nature.RANDOM
        && call.method().name.toString().startsWith("next");
  }

  /** Faults in the types of what takes part in a key's equals. */
  private void components(Term term, @Nullable Type staticType, Site site, List<Fault> faults) {
    Term value = Terms.value(term);
    Type type = staticType != null ? staticType : Stability.typeOf(value);
    if (value instanceof Code code) {
      faults.add(
          new Fault(code.tree(), FaultKind.NEVER_EQUAL, "is a function, equal only to itself"));
      return;
    }
    if (value instanceof Op op && op.kind() == Kind.CONCAT) {
      texts(op, faults);
      return;
    }
    if (isNameOfArray(value)) {
      faults.add(arrayInText(value));
      return;
    }
    String fault = isShared(value) ? null : types.fault(type);
    if (fault == null && value instanceof New object) {
      fault = types.fault(object.type().type);
      if (fault == null && types.isIdentity(object.type())) {
        fault = "is a new " + object.type().name + ", equal only to itself";
      }
    }
    if (fault != null) {
      boolean changes = fault.contains("changes");
      faults.add(
          new Fault(tree(value), changes ? FaultKind.MUTABLE : FaultKind.NEVER_EQUAL, fault));
      return;
    }
    String change = changed(term, site);
    if (change != null) {
      faults.add(new Fault(tree(value), FaultKind.MUTABLE, change));
      return;
    }
    for (Term part : composed(value)) {
      if (faults.isEmpty()) {
        components(part, null, site, faults);
      }
    }
  }

  /** One and the same object for all who call: this one, or what a final field of it holds. */
  private static boolean isShared(Term value) {
    return value instanceof Term.Self
        || (value instanceof Field field
            && Symbols.isFinal(field.symbol())
            && (field.receiver() == null || Terms.value(field.receiver()) instanceof Term.Self));
  }

  /** The values whose own equals that of {@code value} asks, as far as that is certain. */
  ImmutableList<Term> composed(Term value) {
    if (value instanceof New object) {
      return Symbols.isRecord(object.type()) ? inputs.compared(object) : ImmutableList.of();
    }
    if (value instanceof Op op) {
      return op.kind() == Kind.CHOICE ? op.operands() : ImmutableList.of();
    }
    return value instanceof Call call
            && call.receiver() == null
            && call.method().owner.getQualifiedName().toString().startsWith("java.util.")
            && COMPOSERS.contains(call.method().name.toString())
            && !isSpread(call)
        ? call.arguments()
        : ImmutableList.of();
  }

  /** {@code List.of(array)} holds what is in the array, and not the array. */
  private static boolean isSpread(Call call) {
    int last = call.arguments().size() - 1;
    return call.method().isVarArgs()
        && call.arguments().size() == call.method().params().size()
        && Stability.typeOf(call.arguments().get(last)) instanceof Type.ArrayType array
        && !array.elemtype.isPrimitive();
  }

  /** An array put into a string gives its identity, not what is in it. */
  static void texts(Op concatenation, List<Fault> faults) {
    for (Term operand : concatenation.operands()) {
      Type type = Stability.typeOf(operand);
      if ((!KeyTypes.hasToString(type) && !isChars(type)) || isNameOfArray(Terms.value(operand))) {
        faults.add(arrayInText(operand));
        return;
      }
    }
  }

  private static Fault arrayInText(Term text) {
    return new Fault(
        tree(Terms.value(text)),
        FaultKind.NEVER_EQUAL,
        "is an array, which a string names by its identity");
  }

  private static boolean isChars(@Nullable Type type) {
    return type instanceof Type.ArrayType array && array.elemtype.hasTag(TypeTag.CHAR);
  }

  /** {@code array.toString()}, or what calls that. */
  private static boolean isNameOfArray(Term value) {
    if (!(value instanceof Call call)) {
      return false;
    }
    String name = call.method().owner.name + "." + call.method().name;
    if (call.receiver() != null) {
      return call.arguments().isEmpty()
          && call.method().name.contentEquals("toString")
          && !KeyTypes.hasToString(Stability.typeOf(call.receiver()));
    }
    Type given = call.arguments().isEmpty() ? null : Stability.typeOf(call.arguments().get(0));
    return !KeyTypes.hasToString(given)
        && (name.equals("Objects.toString") || (name.equals("String.valueOf") && !isChars(given)));
  }

  /** How a collection that is a key is changed where the source shows it. */
  @Nullable String changed(Term term, Site site) {
    if (term instanceof Named named
        && initial(named.value()) instanceof New object
        && isMutableCollection(object)) {
      Member member = site.member();
      int call = position(site.tree());
      for (MethodInvocationTree use : member.callsOn(named.symbol())) {
        if (position(use) > call && isMutator(use, named.symbol())) {
          return "is a collection that " + use + " changes after the call";
        }
      }
    }
    if (Terms.value(term) instanceof Field field
        && inputs.definition(field) instanceof New object
        && isMutableCollection(object)) {
      return "is a field that holds a mutable collection";
    }
    return null;
  }

  /** What a variable that is filled step by step held at first. */
  static Term initial(Term value) {
    return value instanceof Op op && op.kind() == Kind.COMBINE && !op.operands().isEmpty()
        ? op.operands().get(0)
        : value;
  }

  private static boolean isMutator(MethodInvocationTree call, VarSymbol variable) {
    var method = Symbols.method(call);
    var receiver = Symbols.receiver(call);
    return method != null
        && receiver != null
        && Symbols.variable(Symbols.strip(receiver)) == variable
        && MUTATORS.contains(method.name.toString());
  }

  private static boolean isMutableCollection(New object) {
    String name = object.type().getQualifiedName().toString();
    return name.startsWith("java.util.") && name.matches(".*(List|Set|Map|Deque|Queue)");
  }

  private static int position(Tree tree) {
    return ASTHelpers.getStartPosition(tree);
  }

  /** A hash of something that the key does not hold as well. */
  void lossy(Term key, List<Fault> faults) {
    ImmutableSet<Atom> atoms = inputs.atoms(key);
    Set<Atom> whole =
        atoms.stream().filter(atom -> atom.loss() != Loss.HASH).collect(Collectors.toSet());
    for (Atom atom : atoms) {
      if (atom.loss() == Loss.HASH
          && whole.stream().noneMatch(known -> known.covers(atom))
          && !isSmall(atom)) {
        Term hash = hash(key);
        faults.add(
            new Fault(
                hash instanceof Call call ? call.tree() : null,
                FaultKind.LOSSY,
                "is a 32-bit hash of '" + atom.words() + "', which other values have too"));
        return;
      }
    }
  }

  /** Hashes of these tell all values apart; of what is equal only to itself, all but by chance. */
  private boolean isSmall(Atom atom) {
    Type type =
        atom.path().isEmpty() ? atom.root().type : atom.path().get(atom.path().size() - 1).type();
    if (type == null) {
      return true;
    }
    String name = Symbols.qualifiedName(type);
    return name.equals("java.lang.Integer")
        || name.equals("java.lang.Boolean")
        || name.equals("java.lang.Short")
        || name.equals("java.lang.Character")
        || (type.tsym != null && type.tsym.isEnum())
        || (type.hasTag(TypeTag.CLASS)
            && type.tsym instanceof ClassSymbol symbol
            && types.isIdentity(symbol));
  }

  private static @Nullable Term hash(Term term) {
    if (term instanceof Call call && Functions.natureOf(call.method()) == Nature.HASH) {
      return call;
    }
    ImmutableList<Term> children = Terms.children(term);
    for (Term child : children) {
      Term found = hash(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Tree tree(Term value) {
    if (value instanceof Call call) {
      return call.tree();
    }
    if (value instanceof Returned returned) {
      return returned.tree();
    }
    if (value instanceof New object) {
      return object.tree();
    }
    return value instanceof Op op ? op.tree() : null;
  }
}
