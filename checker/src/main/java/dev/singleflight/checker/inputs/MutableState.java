package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * State that a loader reads when it runs, and that may have changed since its key was made: what
 * the key was made of, read again, or what the key does not say at all.
 *
 * <p>What was put into a local variable before, or is the loader's own key, is no longer read.
 */
public final class MutableState {
  private static final ImmutableSet<String> ATOMIC_READS =
      ImmutableSet.of("get", "getPlain", "getAcquire", "getOpaque", "intValue", "longValue");

  private static final ImmutableSet<String> ELEMENT_READS =
      ImmutableSet.of(
          "get",
          "peek",
          "peekFirst",
          "peekLast",
          "getFirst",
          "getLast",
          "first",
          "last",
          "element");

  private static final ImmutableSet<String> ADVANCING =
      ImmutableSet.of(
          "next",
          "nextElement",
          "nextLine",
          "nextInt",
          "nextLong",
          "poll",
          "pollFirst",
          "pollLast",
          "pop",
          "take",
          "readLine",
          "removeFirst",
          "removeLast",
          "previous");

  private final Inputs inputs;
  private final Changing changing;
  private final Captures captures;

  public MutableState(Inputs inputs) {
    this.inputs = inputs;
    this.changing = new Changing(inputs);
    this.captures = new Captures(changing);
  }

  /**
   * Something that may have changed when the loader reads it.
   *
   * @param at where the loader does
   * @param words what it reads, in the source's words
   * @param change what changes it, as the end of a sentence
   * @param again whether the key was made of it
   * @param byRequests whether what writes it is told of a caller's request, and not how the object
   *     is set up
   * @param atoms what it is
   */
  public record Reread(
      Tree at,
      String words,
      String change,
      boolean again,
      boolean byRequests,
      ImmutableSet<Atom> atoms) {}

  /** What changes behind a read: a place, and how. */
  private record Place(Term term, VarSymbol variable, String change, boolean byCallers) {}

  /** Whether a class may have state that requests write: the cheap question. */
  public static boolean mayHoldRequests(ClassSymbol type) {
    return Changing.mayHoldRequests(type);
  }

  /** The state that the loader reads; what the key was made of comes first. */
  public List<Reread> of(Entry entry) {
    Site site = entry.site();
    Term key = inputs.key(site, entry.scope());
    List<Reread> again = new ArrayList<>();
    List<Reread> fresh = new ArrayList<>();
    List<Body> bodies = inputs.loader(site, entry.scope(), new ArrayList<>());
    Set<Tree> functions = bodies.stream().map(Body::function).collect(Collectors.toSet());
    Carriage carriage = null;
    for (Read read : inputs.reads(site, entry.scope())) {
      List<Place> places = new ArrayList<>();
      collect(read.term(), symbol -> isSnapshot(symbol, entry, functions), places);
      for (Place place : places) {
        ImmutableSet<Atom> atoms = inputs.atoms(place.term());
        if (occurs(place.term(), key)) {
          again.add(
              new Reread(
                  read.at(), words(place.term(), atoms), place.change(), true, false, atoms));
          continue;
        }
        if (carriage == null) {
          carriage = inputs.carriage(entry);
        }
        Carriage told = carriage;
        if (place.byCallers()
            && Changing.holdsInput(place.variable())
            && atoms.stream().noneMatch(told::tells)) {
          fresh.add(
              new Reread(
                  read.at(),
                  words(place.term(), atoms),
                  place.change(),
                  false,
                  changing.isByRequests(place.variable()),
                  atoms));
        }
      }
    }
    again.addAll(captures.of(entry, bodies));
    again.addAll(fresh);
    return again;
  }

  /**
   * Whether a variable was given its value before the loader began, so that it is not read again.
   */
  private static boolean isSnapshot(VarSymbol variable, Entry entry, Set<Tree> functions) {
    if ((variable.flags() & Flags.PARAMETER) != 0) {
      return true;
    }
    Tree declaration = entry.member().declaration(variable);
    if (declaration != null) {
      return functions.stream().noneMatch(f -> entry.member().isInside(declaration, f));
    }
    Tree inHelper = entry.site().member().declaration(variable);
    return inHelper != null
        && functions.stream().noneMatch(f -> entry.site().member().isInside(inHelper, f));
  }

  private void collect(
      Term term, java.util.function.Predicate<VarSymbol> isSnapshot, List<Place> places) {
    if (term instanceof Named named
        && !Symbols.isField(named.symbol())
        && isSnapshot.test(named.symbol())) {
      return;
    }
    Place place = place(term);
    if (place != null) {
      places.add(place);
      return;
    }
    Terms.children(term).forEach(child -> collect(child, isSnapshot, places));
  }

  private @Nullable Place place(Term term) {
    if (term instanceof Field field) {
      return field(field);
    }
    if (term instanceof Op op
        && op.kind() == Kind.ELEMENT
        && op.tree() instanceof ArrayAccessTree
        && Terms.value(op.operands().get(0)) instanceof Field array
        && isOwn(array)) {
      MethodSymbol toucher = changing.toucher(array.symbol());
      return toucher == null ? null : new Place(term, array.symbol(), by(toucher), false);
    }
    return term instanceof Call call && call.receiver() != null
        ? call(call, call.receiver())
        : null;
  }

  private @Nullable Place field(Field field) {
    VarSymbol symbol = field.symbol();
    if (Values.isTool(symbol.type) || field.receiver() instanceof Named) {
      return null;
    }
    MethodSymbol writer = changing.writer(symbol);
    if (writer == null) {
      return null;
    }
    if (isOwn(field)) {
      return new Place(field, symbol, by(writer), Changing.isByCallers(writer));
    }
    if (field.receiver() != null
        && Terms.value(field.receiver()) instanceof Field holder
        && isOwn(holder)
        && !Values.isTool(holder.symbol().type)) {
      MethodSymbol toucher = changing.toucher(holder.symbol());
      return toucher == null ? null : new Place(field, holder.symbol(), by(toucher), false);
    }
    return null;
  }

  private @Nullable Place call(Call call, Term receiver) {
    String name = call.method().name.toString();
    if (ADVANCING.contains(name) && call.arguments().isEmpty()) {
      VarSymbol variable = variable(receiver);
      return variable == null ? null : new Place(call, variable, "each call gives another", false);
    }
    if (!(Terms.value(receiver) instanceof Field holder) || !isOwn(holder)) {
      return null;
    }
    String type = Symbols.qualifiedName(holder.symbol().type);
    boolean atomic = type.startsWith("java.util.concurrent.atomic.Atomic");
    if (!(atomic ? ATOMIC_READS : ELEMENT_READS).contains(name)
        || !(atomic || (type.startsWith("java.util.") && !type.endsWith("Map")))) {
      return null;
    }
    MethodSymbol toucher = changing.toucher(holder.symbol());
    return toucher == null
        ? null
        : new Place(call, holder.symbol(), by(toucher), atomic && Changing.isByCallers(toucher));
  }

  private static @Nullable VarSymbol variable(Term receiver) {
    if (receiver instanceof Named named) {
      return named.symbol();
    }
    Term value = Terms.value(receiver);
    if (value instanceof Field field) {
      return field.symbol();
    }
    return value instanceof Term.Var variable ? variable.symbol() : null;
  }

  /** A field of the object whose code this is, or a static one. */
  private static boolean isOwn(Field field) {
    return field.receiver() == null || Terms.value(field.receiver()) instanceof Self;
  }

  private static String by(MethodSymbol method) {
    return method.name + "(…) changes it";
  }

  /** Whether the key reads a place, whatever it makes of that. */
  private static boolean occurs(Term place, Term key) {
    return isSamePlace(place, key)
        || Terms.children(key).stream().anyMatch(child -> occurs(place, child));
  }

  private static boolean isSamePlace(Term left, Term right) {
    if (left instanceof Op x
        && x.tree() instanceof ArrayAccessTree
        && right instanceof Op y
        && y.tree() instanceof ArrayAccessTree) {
      return Terms.same(x.operands().get(0), y.operands().get(0))
          && Terms.same(x.operands().get(1), y.operands().get(1));
    }
    return (left instanceof Call x && right instanceof Call y)
        ? (x.method() == y.method() || (isNext(x) && isNext(y)))
            && Terms.same(x.receiver(), y.receiver())
            && x.arguments().size() == y.arguments().size()
            && allSame(x, y)
        : !(right instanceof Named) && Terms.same(left, right);
  }

  /** Whichever of a queue's methods names its first element. */
  private static boolean isNext(Call call) {
    String name = call.method().name.toString();
    return call.arguments().isEmpty() && (ADVANCING.contains(name) || ELEMENT_READS.contains(name));
  }

  private static boolean allSame(Call x, Call y) {
    for (int i = 0; i < x.arguments().size(); i++) {
      if (!Terms.same(x.arguments().get(i), y.arguments().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String words(Term place, ImmutableSet<Atom> atoms) {
    Tree tree =
        place instanceof Call call ? call.tree() : place instanceof Op op ? op.tree() : null;
    return tree != null
        ? tree.toString()
        : atoms.isEmpty() ? "it" : atoms.iterator().next().words();
  }
}
