package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Kept;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who changes what maps and caches give to all who ask.
 *
 * <p>Most of what is in maps is there to be changed: lists that are filled, state that is kept. So
 * only what was loaded counts ({@link LoadedFields}), and only the change by one who reads it for
 * somebody, in a type that holds values.
 */
public final class CachedValues {
  /** Moves on to what is read next, and changes nothing that is said. */
  private static final Pattern MOVES =
      Pattern.compile("set(Next|Current|Position|Offset|Cursor|Mark|Limit)\\w*");

  private static final Pattern SETTERS = Pattern.compile("(set|add|remove|clear|put)([A-Z]\\w*)?");

  private static final int MAX_WAY = 4;

  /** Over how many methods what a cache gave is followed to who changes it. */
  private static final int MAX_GIVERS = 2;

  private final Apis apis;
  private final KeptValueTypes kept;
  private final Inputs inputs;
  private final Sources sources;
  private final Reach reach;
  private final Mutations mutations;
  private final LoadedFields fields;
  private final CacheAskers askers;
  private final Map<VarSymbol, Boolean> holding = new HashMap<>();
  private final IdentityHashMap<Tree, Boolean> loads = new IdentityHashMap<>();
  private final Predicate<Term> origins = this::isOrigin;

  CachedValues(VisitorState state, Inputs inputs, Mutations mutations) {
    this.apis = Apis.of(state);
    this.kept = new KeptValueTypes(state);
    this.inputs = inputs;
    this.sources = Sources.of(state);
    this.reach = Reach.of(state);
    this.mutations = mutations;
    this.fields = new LoadedFields(state, inputs);
    this.askers = new CacheAskers(state, this::mayBeLoaded, MAX_GIVERS);
  }

  /** The changes that a file's code makes, of what its own caches or those of others gave. */
  public List<CachedChange> in(Unit unit) {
    List<CachedChange> changes = new ArrayList<>();
    for (Member member : unit.members()) {
      for (Found found : in(member)) {
        if (isIn(unit, found.inner().member()) || !putsOwnState(found.inner())) {
          changes.add(change(found, found.mutation(), found.inner().way()));
        }
      }
    }
    for (Member member : outsideReaders(unit)) {
      for (Found found : in(member)) {
        Inner inner = found.inner();
        if (isIn(unit, inner.member()) && putsOwnState(inner)) {
          List<String> way = new ArrayList<>(List.of(name(member)));
          way.addAll(inner.way());
          changes.add(change(found, inner.change(), way));
        }
      }
    }
    return changes;
  }

  private CachedChange change(Found found, Mutation at, List<String> way) {
    return new CachedChange(
        at,
        words(found.origin()),
        way,
        "all that the source shows to be put there was loaded",
        Readers.isReader(
                found.member(), found.mutation(), found.inner().member(), found.inner().change())
            && (KeptValueTypes.isOfJdk(found.inner().change())
                || putsOwnState(found.inner())
                || Readers.tailors(found.member(), found.mutation(), found.inner().change())));
  }

  /**
   * A change of what a cache gave.
   *
   * @param member who asked the cache
   * @param origin the asking
   */
  private record Found(Member member, Mutation mutation, Inner inner, Term origin) {}

  /** The changes that a member makes of what caches gave it: of each that it got, the first. */
  private List<Found> in(Member member) {
    List<Found> found = new ArrayList<>();
    if (!asksCache(member)) {
      return found;
    }
    Set<Term> changed = new HashSet<>();
    Holders holders = new Holders(member, this::asksOrGives, this::mayHold);
    for (Mutation mutation : mutations.in(member, holders::mayHold)) {
      Term object = mutation.object();
      Term origin =
          mutations.sharing().level(object, origins) == Sharing.Level.SELF ? origin(object) : null;
      Inner inner =
          origin != null && kept.holdsValues(object) && kept.holdsValues(origin)
              ? inner(mutation, member, 0)
              : null;
      if (origin != null
          && inner != null
          && kept.holdsValues(inner.change().object())
          && changed.add(origin)) {
        found.add(new Found(member, mutation, inner, origin));
      }
    }
    return found;
  }

  /** Whether a member's code asks a cache, or what gives out what one gave: the cheap question. */
  private boolean asksCache(Member member) {
    return askers.contain(member) && member.invocations().stream().anyMatch(this::asksOrGives);
  }

  private boolean asksOrGives(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method != null && (asks(call, method) || askers.give(sources.target(method)));
  }

  /** Whether a field is given what was asked for somewhere: the cheap question. */
  private boolean mayHold(VarSymbol field) {
    Boolean known = holding.get(field);
    if (known == null) {
      holding.put(field, false); // while it is being found, by way of itself
      known = false;
      for (Sources.FieldWrite write : sources.writes(field)) {
        Member member = sources.member(write.root(), field);
        known |=
            member != null
                && new Holders(member, this::asksOrGives, this::mayHold).mayHold(write.value());
      }
      holding.put(field, known);
    }
    return known;
  }

  private boolean asks(MethodInvocationTree call, MethodSymbol method) {
    if (isCachedByAnnotation(method, call)) {
      return true;
    }
    String name = method.name.toString();
    ExpressionTree receiver =
        LoadedFields.LOOKS.contains(name) || name.equals("computeIfAbsent")
            ? Symbols.receiver(call)
            : null;
    VarSymbol field = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
    if (field == null
        || !Symbols.isField(field)
        || Kept.isBrief(field)
        || !kept.isStore(method.owner.type)) {
      return false;
    }
    return kept.isCache(field.type) || mayBeLoaded(field);
  }

  /** Whether a field's map may hold what was loaded, and is of value: the cheap question. */
  private boolean mayBeLoaded(VarSymbol field) {
    return reach.filled().contains(field) && kept.mayHoldValues(field.type);
  }

  /** Whether a helper changes it to what the helper's own object holds at the time. */
  private boolean putsOwnState(Inner inner) {
    return !inner.way().isEmpty()
        && inner.change().at() instanceof MethodInvocationTree call
        && inputs.evaluateAll(call.getArguments(), inputs.scope(inner.member())).stream()
            .anyMatch(CachedValues::readsOwnState);
  }

  private static boolean readsOwnState(Term term) {
    Term value = Terms.value(term);
    return (value instanceof Field field
            && !Symbols.isFinal(field.symbol())
            && field.receiver() != null
            && Terms.value(field.receiver()) instanceof Term.Self)
        || Terms.children(value).stream().anyMatch(CachedValues::readsOwnState);
  }

  /** Members of other files that ask the getters of this file's caches. */
  private Set<Member> outsideReaders(Unit unit) {
    Set<Member> readers = new LinkedHashSet<>();
    for (Member member : unit.members()) {
      if (!(member.tree() instanceof VariableTree)) {
        continue;
      }
      VarSymbol field = Symbols.variable(member.tree());
      if (field == null
          || !kept.isStore(field.type)
          || !(kept.isCache(field.type) || mayBeLoaded(field))
          || !fields.isLoaded(field)) {
        continue;
      }
      for (MethodSymbol getter : fields.getters(field)) {
        for (Symbol caller : reach.callers(getter)) {
          MethodTree tree = caller instanceof MethodSymbol method ? sources.method(method) : null;
          Member reader = tree == null ? null : sources.member(tree, caller);
          if (reader != null && !isIn(unit, reader)) {
            readers.add(reader);
          }
        }
      }
    }
    return readers;
  }

  private static boolean isIn(Unit unit, Member member) {
    Symbol outermost = Symbols.outermostClass(member.type());
    return unit.members().stream()
        .limit(1)
        .anyMatch(own -> Symbols.outermostClass(own.type()) == outermost);
  }

  private static String words(Term origin) {
    if (!(origin instanceof Call call)) {
      return ((Returned) origin).method().name + "(…)";
    }
    String receiver =
        call.receiver() != null && Terms.value(call.receiver()) instanceof Field field
            ? field.symbol().name + "."
            : "";
    return receiver + call.method().name;
  }

  /** The read of a cache that a term's value comes from. */
  private @Nullable Term origin(Term term) {
    if (isOrigin(term)) {
      return term;
    }
    for (Term child : Terms.children(term)) {
      Term found = origin(child);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean isOrigin(Term term) {
    if (term instanceof Returned returned) {
      return isCachedByAnnotation(returned.method(), returned.tree());
    }
    if (!(term instanceof Call call)) {
      return false;
    }
    MethodSymbol method = call.method();
    if (isCachedByAnnotation(method, call.tree())) {
      return true;
    }
    if (call.receiver() == null
        || !(Terms.value(call.receiver()) instanceof Field field)
        || Kept.isBrief(field.symbol())) {
      return false;
    }
    Api api = apis.match(method);
    String name = method.name.toString();
    if (api != null && api.isCache() && api.takesLoader()) {
      return !api.has(Trait.KEEPS_LOADER)
          && name.matches("computeIfAbsent|get")
          && loads.computeIfAbsent(call.tree(), tree -> fields.loads(call, api));
    }
    return LoadedFields.LOOKS.contains(name)
        && kept.isStore(method.owner.type)
        && fields.isLoaded(field.symbol());
  }

  /** An annotation caches it, but for a call on this, which may go past that. */
  private boolean isCachedByAnnotation(MethodSymbol method, Tree tree) {
    return !method.getRawAttributes().isEmpty()
        && apis.caching(method) != null
        && tree instanceof MethodInvocationTree call
        && Symbols.receiver(call) != null;
  }

  /**
   * Where a change is made in the end.
   *
   * @param way the methods on the way there
   */
  private record Inner(Mutation change, Member member, List<String> way) {}

  /** Follows a change into the methods that make it; null where one does not say that it does. */
  private @Nullable Inner inner(Mutation mutation, Member member, int depth) {
    if (!(mutation.at() instanceof MethodInvocationTree call)) {
      return new Inner(mutation, member, List.of());
    }
    MethodSymbol method = inputs.target(call, inputs.scope(member));
    if (MOVES.matcher(method.name).matches() || isMarked(call)) {
      return null;
    }
    MethodTree tree = sources.method(method);
    Member body = tree == null ? null : sources.member(tree, method);
    if (tree == null || body == null || depth >= MAX_WAY) {
      return new Inner(mutation, member, List.of());
    }
    for (Mutation deeper : mutations.in(body)) {
      if (body.isInside(deeper.at(), tree)
          && method.params().stream().anyMatch(p -> isReached(deeper, p))) {
        Inner found = inner(deeper, body, depth + 1);
        if (found != null) {
          List<String> way = new ArrayList<>(List.of(method.name + "(…)"));
          way.addAll(found.way());
          return new Inner(found.change(), found.member(), way);
        }
      }
    }
    // it changes the object that it is called on: one that says so
    return SETTERS.matcher(method.name).matches() ? new Inner(mutation, member, List.of()) : null;
  }

  /** {@code setSeen(true)}: what all are to see, and the same each time. */
  private static boolean isMarked(MethodInvocationTree call) {
    return call.getArguments().size() == 1
        && Symbols.strip(call.getArguments().get(0)) instanceof LiteralTree literal
        && literal.getValue() instanceof Boolean;
  }

  private boolean isReached(Mutation mutation, VarSymbol parameter) {
    return mutations
            .sharing()
            .level(mutation.object(), t -> t instanceof Term.Var v && v.symbol() == parameter)
        == Sharing.Level.SELF;
  }

  private static String name(Member member) {
    return member.tree() instanceof MethodTree method
        ? member.type().name + "." + method.getName() + "(…)"
        : member.type().name.toString();
  }
}
