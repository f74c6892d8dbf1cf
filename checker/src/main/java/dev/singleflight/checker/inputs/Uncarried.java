package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Decided;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the loader of a call reads and neither its key nor the choice of its group can tell apart:
 * inputs(loader) − inputs(key) − inputs(group).
 */
public final class Uncarried {
  private static final int MAX_PARTS = 16;

  private final Inputs inputs;
  private final Set<Atom> carried = new HashSet<>();
  private final List<Term> parts = new ArrayList<>();
  private final Entry entry;
  private final List<Read> reads;
  private final boolean mayCarryAmbient;
  private final Carriage carriage;
  private final boolean shared;

  /** Whether the loader is run by calls that come after the one that it was made in. */
  private final boolean outlives;

  Uncarried(Inputs inputs, Entry entry) {
    this.inputs = inputs;
    this.entry = entry;
    this.reads = inputs.reads(entry.site(), entry.scope());
    Term key = inputs.key(entry.site(), entry.scope());
    Term group = inputs.group(entry.site(), entry.scope());
    new Carried(inputs, entry, reads)
        .by(inputs.compared(key))
        .forEach(atom -> carried.add(atom.outside(this::isLeft)));
    if (group != null) {
      carried.addAll(inputs.atoms(group));
      carried.addAll(owner(group));
    }
    carriage = new Carriage(carried);
    collectParts(key, parts);
    if (group != null) {
      collectParts(group, parts);
    }
    mayCarryAmbient = callsOut(key);
    shared = group == null || !isMadeHere(group);
    if (entry.site().api().has(Trait.KEEPS_LOADER)) {
      Keeping keeping = Keeping.of(entry, inputs);
      keeping.by().forEach(by -> carried.addAll(inputs.atoms(by)));
      outlives = keeping.outlives();
    } else {
      outlives = true;
    }
  }

  /**
   * Something a loader reads.
   *
   * @param entry the way into the call by which it does
   * @param carried whether key or group carry it, if not to the letter
   * @param told whether they tell every two values of it apart
   * @param keyed whether the loader reads the key, or what that is made of, too
   */
  public record Input(
      Read read, Atom atom, Entry entry, boolean carried, boolean told, boolean keyed) {

    /** Whether a loader that outlives the call which has built it keeps this of that call. */
    public boolean isCaptured() {
      return entry.site().api().has(Trait.KEEPS_LOADER) && isOfTheCall(atom);
    }
  }

  Carriage carriage() {
    return carriage;
  }

  static List<Input> of(Inputs inputs, Site site) {
    Map<Entry, List<Input>> found = new LinkedHashMap<>();
    inputs.entries(site).forEach(entry -> found.put(entry, of(inputs, entry)));
    // a parameter may be in the key that is given beside it: only the helper's callers know
    found.forEach(
        (entry, uncarried) -> {
          List<List<Input>> outer =
              found.keySet().stream().filter(entry::extendsTo).map(found::get).toList();
          uncarried.replaceAll(input -> asGiven(input, outer));
        });
    List<Input> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    return all;
  }

  static List<Input> of(Inputs inputs, Entry entry) {
    List<Input> found = new ArrayList<>();
    Uncarried uncarried = new Uncarried(inputs, entry);
    if (uncarried.shared) {
      uncarried.collect(found);
    }
    return found;
  }

  /** What a helper reads of its parameters, where its callers show what the key holds of them. */
  private static Input asGiven(Input input, List<List<Input>> throughHelper) {
    return new Input(
        input.read(),
        input.atom(),
        input.entry(),
        input.carried() || throughHelper.stream().anyMatch(some -> isIn(some, input, true)),
        input.told() || throughHelper.stream().anyMatch(some -> isIn(some, input, false)),
        input.keyed());
  }

  /** Whether the key that one caller of a helper gives it holds what the helper reads. */
  private static boolean isIn(List<Input> throughHelper, Input input, boolean loosely) {
    Symbol parameter = input.atom().root();
    return parameter instanceof VarSymbol
        && !Symbols.isField(parameter)
        && throughHelper.stream()
            .filter(other -> loosely ? !other.carried() : !other.told())
            .noneMatch(other -> other.atom().trail().contains(parameter));
  }

  private void collect(List<Input> found) {
    Set<Object> seen = new HashSet<>();
    List<Input> read = new ArrayList<>();
    boolean keyed = false;
    Set<Atom> asked = askedFor();
    for (Read each : reads) {
      for (Atom atom : inputs.atoms(each.term())) {
        // by what names it came may be what tells what it is
        if (!seen.add(List.of(atom, atom.trail(), Decisive.isAside(each, entry)))
            || !isGiven(atom, entry)
            || (!outlives && isOfTheCall(atom))) {
          continue;
        }
        boolean isCarried = covers(atom);
        keyed |= isCarried;
        if (occurs(atom.root(), each.term())) {
          boolean isTold = carriage.tells(atom) || asked.stream().anyMatch(a -> a.covers(atom));
          read.add(new Input(each, atom, entry, isCarried, isTold, false));
        }
      }
    }
    for (Input input : read) {
      if (!input.carried() || !input.told()) {
        found.add(
            new Input(input.read(), input.atom(), entry, input.carried(), input.told(), keyed));
      }
    }
  }

  /** What the loader asks for by another coalescing call: something that belongs to its own key. */
  private Set<Atom> askedFor() {
    Set<Atom> asked = new HashSet<>();
    reads.forEach(read -> collectAsked(read.term(), asked));
    return asked;
  }

  private void collectAsked(Term term, Set<Atom> asked) {
    Api api = term instanceof Call call ? inputs.apis().match(call.method()) : null;
    if (term instanceof Call call && api != null && api.has(Trait.COALESCES)) {
      api.keys().stream()
          .filter(key -> key < call.arguments().size())
          .forEach(key -> asked.addAll(inputs.atoms(call.arguments().get(key))));
    }
    Terms.children(term).forEach(child -> collectAsked(child, asked));
  }

  /** What code inside the loader, or another method's parameter, holds is not captured by it. */
  private static boolean isGiven(Atom atom, Entry entry) {
    return !(atom.root() instanceof VarSymbol variable)
        || Symbols.isField(variable)
        || entry.isAround(variable);
  }

  private static boolean isOfTheCall(Atom atom) {
    return atom.root() instanceof VarSymbol variable && !Symbols.isField(variable);
  }

  /** Of a loop that does not go on around the call: what it went through counts as a whole. */
  private boolean isLeft(Symbol element) {
    return !(element instanceof VarSymbol variable && entry.isInLoopOf(variable));
  }

  /** Who chooses the group of an object has chosen the object, with what it is made of. */
  private ImmutableSet<Atom> owner(Term group) {
    Term holder = Terms.value(group) instanceof Term.Field field ? field.receiver() : null;
    return holder == null || Terms.value(holder) instanceof Term.Self
        ? ImmutableSet.of()
        : inputs.atoms(holder);
  }

  /**
   * Parts of values, as {@code id.length()}, that the key is made of: they carry only themselves.
   */
  private static void collectParts(Term term, List<Term> parts) {
    if (Terms.isPart(term) && parts.size() < MAX_PARTS) {
      parts.add(term);
    }
    if (term instanceof Decided decided && parts.size() < MAX_PARTS) {
      parts.addAll(decided.by());
    }
    Terms.children(term).forEach(child -> collectParts(child, parts));
  }

  /** Whether a value is read other than by a part that the key carries as well. */
  private boolean occurs(Symbol root, Term term) {
    if (parts.isEmpty()) {
      return true;
    }
    if (parts.stream().anyMatch(part -> Terms.same(part, term) || isOpposite(part, term))) {
      return false;
    }
    ImmutableList<Term> children = Terms.children(term);
    return children.isEmpty()
        ? inputs.atoms(term).stream().anyMatch(atom -> atom.root() == root)
        : children.stream().anyMatch(child -> occurs(root, child));
  }

  /** {@code a == b} and {@code a != b}, which tell the same. */
  private static boolean isOpposite(Term left, Term right) {
    return Terms.value(left) instanceof Op x
        && Terms.value(right) instanceof Op y
        && isEquality(x)
        && isEquality(y)
        && x.operands().size() == y.operands().size()
        && IntStream.range(0, x.operands().size())
            .allMatch(i -> Terms.same(x.operands().get(i), y.operands().get(i)));
  }

  private static boolean isEquality(Op op) {
    return op.tree() != null
        && (op.tree().getKind() == Tree.Kind.EQUAL_TO
            || op.tree().getKind() == Tree.Kind.NOT_EQUAL_TO);
  }

  private boolean covers(Atom atom) {
    if (atom.nature() == Nature.THREAD_BOUND && mayCarryAmbient) {
      return true;
    }
    for (Atom known : carried) {
      if (known.covers(atom) || Carriage.identifies(known, atom)) {
        return true;
      }
    }
    return false;
  }

  /** A group made in the method that calls it: nobody else's calls meet these. */
  private static boolean isMadeHere(Term group) {
    Term value = Terms.value(group);
    return value instanceof New
        || (value instanceof Call call
            && (call.method().name.contentEquals("create")
                || call.method().name.contentEquals("build")));
  }

  /** Whether a key comes from code that cannot be seen and could read what is bound to a thread. */
  private boolean callsOut(@Nullable Term term) {
    if (term == null) {
      return false;
    }
    if (term instanceof Call call
        && Functions.natureOf(call.method()) == Nature.OPAQUE
        && !Symbols.enclosingClass(call.method()).getQualifiedName().toString().startsWith("java.")
        && mayDoMore(call)) {
      return true;
    }
    if (term instanceof Decided decided) {
      return callsOut(decided.value());
    }
    if (term instanceof Op op && op.operands().size() > Terms.MAX_SIZE) {
      return false;
    }
    return Terms.children(term).stream().anyMatch(this::callsOut);
  }

  /** An accessor of a value gives a part of it; a static function or a service may do anything. */
  private boolean mayDoMore(Call call) {
    if (call.receiver() == null) {
      return true;
    }
    ImmutableSet<Atom> receiver = inputs.atoms(call.receiver());
    return receiver.stream().anyMatch(Atom::isConfiguration);
  }
}
