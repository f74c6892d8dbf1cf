package dev.singleflight.checker.inputs;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.inputs.CallerArguments.Verdict;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the loader of somebody else's cache or map uses and its key omits, as far as there is
 * evidence that it decides what is kept. Few of the things that loaders capture do: what is not
 * believed of anything is left out.
 */
public final class CacheOmissions {
  private static final Context.Key<CacheOmissions> KEY = new Context.Key<>();

  private final Inputs inputs;
  private final Omittable omittable;
  private final IdentityHashMap<Tree, List<Omission>> known = new IdentityHashMap<>();
  private final Decisive decisive;
  private final PerCaller perCaller;
  private final Tenants tenants;
  private final CallerArguments callers;
  private final SharedByObjects sharedByObjects;
  private final Belonging belonging;

  private CacheOmissions(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.decisive = new Decisive(inputs);
    this.perCaller = new PerCaller(Options.of(state), state.getTypes());
    this.tenants = new Tenants(Options.of(state));
    this.callers = new CallerArguments(inputs, Program.of(state));
    this.sharedByObjects = new SharedByObjects(inputs);
    this.belonging = new Belonging(inputs, tenants);
    this.omittable = new Omittable(inputs, perCaller, tenants, Options.of(state).strict());
  }

  public static CacheOmissions of(VisitorState state) {
    CacheOmissions omissions = state.context.get(KEY);
    if (omissions == null) {
      omissions = new CacheOmissions(state);
      state.context.put(KEY, omissions);
    }
    return omissions;
  }

  /** What sort of thing a key omits. */
  public enum Kind {
    /** A value that the method was given beside the key. */
    ARGUMENT,
    /** What one of several objects that share a static cache is configured with. */
    CONFIGURATION,
    TENANT,
    CALLER,
    /** A promise of the caller that came first, which the load completes. */
    PROMISE
  }

  /**
   * Something that a key omits.
   *
   * @param culprit the variable, or the method, that it is known by
   * @param evidence why it is believed to decide what is kept
   * @param strong whether that is enough by default
   */
  public record Omission(Kind kind, Input input, Symbol culprit, String evidence, boolean strong) {}

  /** A belief. */
  private record Belief(String evidence, boolean strong) {}

  /** What the key of a call omits, each variable once, by each way into the call. */
  public List<Omission> in(Site site) {
    List<Omission> found = known.get(site.tree()); // three checks ask
    if (found == null) {
      found = find(site);
      known.put(site.tree(), found);
    }
    return found;
  }

  private List<Omission> find(Site site) {
    Kept kept = Kept.of(site, inputs);
    if (kept == null || !omittable.mayOmit(site, kept) || kept.isNeverRead(site, inputs)) {
      return List.of();
    }
    Map<Symbol, Omission> found = new LinkedHashMap<>();
    Map<Entry, Set<Atom>> values = new LinkedHashMap<>();
    for (Input input : inputs.uncarried(site)) {
      if ((input.carried() && input.told()) || isReadThroughKey(input)) {
        continue;
      }
      Set<Atom> value = values.computeIfAbsent(input.entry(), entry -> Kept.value(entry, inputs));
      Omission omission = omission(input, kept, value);
      if (omission != null
          && (!found.containsKey(omission.culprit())
              || (omission.strong() && !found.get(omission.culprit()).strong()))) {
        found.put(omission.culprit(), omission);
      }
    }
    // a finding in the call itself is that of all who call its helper
    Set<Entry> told = new LinkedHashSet<>();
    found.values().forEach(omission -> told.add(omission.input().entry()));
    return found.values().stream()
        .filter(omission -> !isBehindAnother(omission.input().entry(), told))
        .toList();
  }

  /** What a local variable holds that is the key, or part of it, the key tells as it is. */
  private static boolean isReadThroughKey(Input input) {
    Set<Symbol> variables = new LinkedHashSet<>();
    input.entry().site().keys().forEach(key -> variables.addAll(Conditions.variables(key)));
    return input.atom().trail().stream()
        .anyMatch(symbol -> !Symbols.isField(symbol) && variables.contains(symbol));
  }

  private static boolean isBehindAnother(Entry entry, Set<Entry> others) {
    return entry.inner() != null && entry.inner().isBehind(others);
  }

  private @Nullable Omission omission(Input input, Kept kept, Set<Atom> value) {
    Atom atom = input.atom();
    Symbol promise = input.carried() ? null : Promises.completed(atom);
    if (promise != null && input.entry().isAround((VarSymbol) promise)) {
      return Kept.gives(input.entry(), promise, inputs) // to all
          ? null
          : new Omission(
              Kind.PROMISE,
              input,
              promise,
              "the load completes it, for the first caller only",
              true);
    }
    boolean inValue = value.stream().anyMatch(made -> made.root() == atom.root());
    Symbol tenant = tenants.in(atom);
    Symbol caller = tenant == null ? perCaller.in(atom, input.entry()) : null;
    if (tenant != null) {
      boolean free =
          !input.carried()
              && !inputs.hasGloballyUniqueKey(input.entry())
              && tenants.varies(atom, tenant, inputs.group(input.entry().site()), inputs);
      Belief belief =
          !free
              ? null
              : atom.root() instanceof VarSymbol variable && !Symbols.isField(variable)
                  ? ofArgument(input, kept, inValue)
                  : ofCaller(input, tenant, kept, inValue);
      return belief == null
          ? null
          : new Omission(Kind.TENANT, input, tenant, belief.evidence(), belief.strong());
    }
    if (caller != null) {
      Belief belief = input.carried() ? null : ofCaller(input, caller, kept, inValue);
      return belief == null
          ? null
          : new Omission(Kind.CALLER, input, caller, belief.evidence(), belief.strong());
    }
    if (atom.isConfiguration()) {
      VarSymbol field = kept.isStatic() ? sharedByObjects.omitted(input, value) : null;
      return field == null || Belonging.isSetUpOf(field, inputs.atoms(inputs.key(input.entry())))
          ? null
          : new Omission(
              Kind.CONFIGURATION,
              input,
              field,
              kept.store().name + " is static, and each object is made with a value of its own",
              sharedByObjects.isMadeWith(field) && Kept.isMadeOf(input.entry(), field, inputs));
    }
    Symbol culprit = culprit(input, kept);
    Belief belief = culprit == null ? null : ofArgument(input, kept, inValue);
    return belief == null || culprit == null
        ? null
        : new Omission(Kind.ARGUMENT, input, culprit, belief.evidence(), belief.strong());
  }

  /** A parameter that is a value, or settings where all share a static cache. */
  private @Nullable Symbol culprit(Input input, Kept kept) {
    Symbol root = input.atom().root();
    return kept.isStatic() && isSettings(root) && !input.carried() ? root : decisive.in(input);
  }

  private static boolean isSettings(Symbol root) {
    return root instanceof VarSymbol && !Symbols.isField(root) && Values.isSettings(root.type);
  }

  /** Why something that a method was given is believed to be missing from the key. */
  private @Nullable Belief ofArgument(Input input, Kept kept, boolean inValue) {
    Atom atom = input.atom();
    if (!inValue || !(atom.root() instanceof VarSymbol variable) || Symbols.isField(variable)) {
      return null;
    }
    MethodSymbol method = method(input.entry());
    if (method == null
        || kept.isOwnedBeside(variable)
        || !method.params().contains(variable)
        || isChosenBy(variable, input)) {
      return null;
    }
    Set<Atom> key = inputs.atoms(inputs.key(input.entry()));
    boolean related = key.stream().anyMatch(known -> known.root() == variable);
    if (related && key.stream().anyMatch(known -> Belonging.isKnownBy(known, variable))) {
      return null;
    }
    Set<VarSymbol> keyed = new LinkedHashSet<>();
    for (Atom known : key) {
      if (known.root() instanceof VarSymbol root && method.params().contains(root)) {
        keyed.add(root);
      }
    }
    Verdict verdict = callers.of(method, variable, keyed);
    if (verdict == Verdict.TOLD) {
      return null;
    }
    if (Belonging.isUpdatedWith(variable, input.entry())
        || Belonging.isSetUpOf(variable, key)
        || Belonging.isBrought(method)) {
      return null;
    }
    String other = related ? null : keyedElsewhere(variable, kept, input.entry());
    if (other != null) {
      return new Belief("another use of " + kept.store().name + " keys by it: " + other, true);
    }
    if (verdict == Verdict.DIFFERENT && !related) {
      return new Belief("callers of " + method.name + " pass different constants for it", true);
    }
    boolean isPartOfSettings =
        kept.isStatic()
            && isSettings(variable)
            && verdict != Verdict.SAME
            && parts(key, variable) == 1;
    boolean decides =
        tenants.in(atom) != null
            || isPartOfSettings
            || belonging.isLoadedBy(variable, method, kept, input.entry());
    return new Belief(
        "it is a parameter beside the key, and "
            + kept.store().name
            + " outlives the call"
            + (related ? "; the key is made of a part of it" : ""),
        decides
            && !input.carried()
            && (!related || isPartOfSettings)
            && !belonging.isNamed(variable, input.entry())
            && !belonging.isRoom(variable, input.entry())
            && !belonging.isStateOf(input.entry(), kept, variable)
            && !kept.brief()
            && !kept.isDropped(input.entry().site()));
  }

  /** How many parts of what a variable holds a key is made of. */
  private static long parts(Set<Atom> key, VarSymbol variable) {
    return key.stream().filter(known -> known.root() == variable).count();
  }

  private @Nullable Belief ofCaller(Input input, Symbol caller, Kept kept, boolean inValue) {
    Atom atom = input.atom();
    if ((!inValue && !isReadFor(input)) || isForAll(atom)) {
      return null;
    }
    if (belonging.isAskedFirst(atom.root(), input.entry())) {
      return null;
    }
    if (atom.nature() == Nature.THREAD_BOUND) {
      return new Belief(
          "what is bound to the caller's thread goes into what " + kept.store().name + " keeps",
          isTold(atom, caller) && !kept.brief() && !Belonging.isOneCallers(input.entry()));
    }
    boolean related =
        inputs.atoms(inputs.key(input.entry())).stream()
            .anyMatch(known -> known.root() == atom.root());
    return new Belief(
        "what is read from " + caller.name + " goes into what " + kept.store().name + " keeps",
        !related && !kept.brief() && !Belonging.isOneCallers(input.entry()));
  }

  /** What belongs to the application, and is not made for the caller, is the same for all. */
  private static boolean isForAll(Atom atom) {
    boolean shared = false;
    for (Step step : atom.path()) {
      String name = step.symbol().name.toString();
      if (shared && name.matches("(create|evaluate|resolve)\\w*")) {
        return false;
      }
      shared |= name.matches("get(Application|ServletContext|InitParameter|WebApplication)\\w*");
    }
    return shared;
  }

  /** Whether it is known what a thread is bound to: any thread-local may hold a tool. */
  private static boolean isTold(Atom atom, Symbol caller) {
    return caller != atom.root()
        || (atom.root() instanceof MethodSymbol method
            && !method.owner.getQualifiedName().contentEquals("java.lang.ThreadLocal"));
  }

  /** Whether something is asked, and not only told, so that a value filled by it may hold it. */
  private static boolean isReadFor(Input input) {
    return Terms.value(input.read().term()) instanceof Term.Call call
        && !call.method().getReturnType().hasTag(TypeTag.VOID)
        && !Decisive.isAside(input.read(), input.entry());
  }

  /** Another use of the same store whose key is made of a value of that name and type. */
  private @Nullable String keyedElsewhere(VarSymbol variable, Kept kept, Entry entry) {
    for (Use use : inputs.sources().touches(kept.store())) {
      if (use.tree() == entry.site().tree()
          || !(use.tree() instanceof MethodInvocationTree call)
          || call.getArguments().isEmpty()) {
        continue;
      }
      var member = inputs.sources().member(use.root(), kept.store());
      if (member == null) {
        continue;
      }
      Term key = inputs.evaluate(call.getArguments().get(0), inputs.scope(member));
      for (Atom atom : inputs.atoms(key)) {
        if (isAlike(atom, variable) && member.tree() != entry.member().tree()) {
          return call.getArguments().get(0).toString();
        }
      }
    }
    return null;
  }

  private boolean isAlike(Atom atom, VarSymbol variable) {
    return atom.root() instanceof VarSymbol other
        && atom.path().isEmpty()
        && !Symbols.isField(other)
        && other.name == variable.name
        && inputs.types().isSameType(other.type, variable.type);
  }

  /** Whether the code around a call asks for the value: other values may go another way. */
  private boolean isChosenBy(VarSymbol variable, Input input) {
    Entry entry = input.entry();
    List<Term> asked = new ArrayList<>();
    for (Condition condition : Conditions.of(entry.at(), entry.member().tree(), entry.member())) {
      Deciders.collect(
          inputs.evaluate(condition.expression(), inputs.scope(entry.member())),
          condition.expression(),
          asked);
    }
    return asked.stream()
        .flatMap(term -> inputs.atoms(term).stream())
        .anyMatch(atom -> atom.root() == variable);
  }

  private static @Nullable MethodSymbol method(Entry entry) {
    Tree tree = entry.member().tree();
    return tree instanceof MethodTree ? Symbols.method(tree) : null;
  }
}
