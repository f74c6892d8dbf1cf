// Over 400 lines: each form of a key that is never equal is a few lines over the same walk.
package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.KeyFaults.Fault;
import dev.singleflight.checker.inputs.KeyFaults.FaultKind;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Creation;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the keys of maps and caches that are not ours. Identity is what many of them
 * are meant to go by; so only a key that is made for the very look-up counts, which nothing that is
 * in the map can be equal to.
 */
public final class CacheKeys {
  private static final ImmutableSet<String> LOOKUPS =
      ImmutableSet.of("get", "getOrDefault", "containsKey", "getIfPresent", "getUnchecked");

  private static final Pattern STORES =
      Pattern.compile(
          "java\\.util\\.(concurrent\\.)?\\w*Map"
              + "|com\\.(github\\.benmanes\\.caffeine|google\\.common)\\.cache\\.\\w*Cache"
              + "|org\\.springframework\\.cache\\.Cache|javax\\.cache\\.Cache");

  private static final ImmutableSet<String> LOOKS =
      ImmutableSet.of(
          "get",
          "getOrDefault",
          "containsKey",
          "getIfPresent",
          "getUnchecked",
          "computeIfAbsent",
          "put",
          "putIfAbsent",
          "remove",
          "invalidate",
          "load");

  /** Puts what it is given somewhere else, where it may be found by its identity. */
  private static final Pattern KEEPS =
      Pattern.compile("(add|put|push|offer|register|set|enqueue|store|save|bind|intern)\\w*");

  private final Inputs inputs;
  private final KeyFaults faults;
  private final KeyTypes types;
  private final Contents contents;
  private final Equality equality;
  private final KeyedMaps maps;
  private final boolean strict;

  public CacheKeys(Inputs inputs, Options options) {
    this.inputs = inputs;
    this.faults = new KeyFaults(inputs, options);
    this.types = new KeyTypes(options);
    this.contents = new Contents(inputs);
    this.equality = new Equality(inputs.sources());
    this.maps = new KeyedMaps(inputs);
    this.strict = options.strict();
  }

  /**
   * A key that is at fault.
   *
   * @param at where that is reported
   * @param key the key, as it stands at the map's own call
   * @param call the map's call, as a message names it
   */
  public record Faulty(Tree at, Tree key, String call, Fault fault) {}

  /** The keys of a file that are at fault, each once: at the look-up where there is one. */
  public List<Faulty> in(Unit unit) {
    List<Faulty> all = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    unit.storeCalls()
        .forEach(
            (member, call) -> {
              MethodSymbol method = Symbols.method(call);
              if (method != null && isLookup(method)) {
                ExpressionTree key = call.getArguments().get(0);
                Fault fault = ofLookup(call, key, member);
                if (fault != null && seen.add(List.of(member, key.toString()))) {
                  all.add(new Faulty(key, key, Symbols.receiver(call) + "." + method.name, fault));
                }
              }
            });
    for (Site site : unit.caches()) {
      if (!site.keys().isEmpty()) {
        Tree key = site.keys().get(0);
        Fault fault = seen.add(List.of(site.member(), key.toString())) ? of(site) : null;
        if (fault != null) {
          all.add(new Faulty(key, key, site.name(), fault));
        } else {
          given(site, key, all);
        }
      }
    }
    return all;
  }

  private void given(Site site, Tree key, List<Faulty> all) {
    for (Entry entry : inputs.entries(site)) {
      Fault fault = entry.isThroughHelper() ? of(entry) : null;
      if (fault != null) {
        all.add(new Faulty(entry.at(), key, site.name(), fault));
      }
    }
  }

  private static boolean isLookup(MethodSymbol method) {
    return LOOKUPS.contains(method.name.toString())
        && method.params().size() <= 2
        && !method.params().isEmpty()
        && STORES.matcher(method.owner.getQualifiedName()).matches();
  }

  /** The worst fault of a key; null if it has none. */
  private @Nullable Fault of(Site site) {
    if (site.keys().isEmpty() || !(site.keys().get(0) instanceof ExpressionTree key)) {
      return null;
    }
    Term group = inputs.group(site);
    if (maps.isOtherwiseEqual(site.group(), group)) {
      return null;
    }
    boolean lives = strict || !KeyedMaps.isBrief(group);
    Fault found =
        lives ? ofKey(inputs.key(site), key, site.member(), maps.isPlainHash(group)) : null;
    if (found == null) {
      String change = faults.changed(inputs.key(site), site);
      found = change == null ? null : new Fault(key, FaultKind.MUTABLE, change);
    }
    return found != null || !lives ? found : ofLoaded(site);
  }

  /** What a look-up of {@code key} can never find; null where it may. */
  private @Nullable Fault ofLookup(MethodInvocationTree call, ExpressionTree key, Member member) {
    ExpressionTree receiver = Symbols.receiver(call);
    Term group = receiver == null ? null : inputs.receiver(call, inputs.scope(member));
    return maps.isOtherwiseEqual(receiver, group) || !(strict || KeyedMaps.outlivesCall(group))
        ? null
        : ofKey(inputs.evaluate(key, inputs.scope(member)), key, member, maps.isPlainHash(group));
  }

  /** What a private helper is given as a key that is made for the look-up. */
  private @Nullable Fault of(Entry entry) {
    Term group = inputs.group(entry);
    if (maps.isOtherwiseEqual(entry.site().group(), group)) {
      return null;
    }
    String why = identity(inputs.key(entry));
    return why == null || isKeptElsewhere(entry.site())
        ? null
        : new Fault(null, FaultKind.NEVER_EQUAL, why, entry.at());
  }

  private boolean isKeptElsewhere(Site site) {
    return !site.keys().isEmpty()
        && site.keys().get(0) instanceof ExpressionTree key
        && isKeptElsewhere(key, site.member());
  }

  private @Nullable Fault ofKey(Term key, ExpressionTree tree, Member member, boolean isPlainHash) {
    String why = identity(key);
    if (why == null && Terms.value(key) instanceof Term.Var) {
      why = namedKey(Symbols.typeOf(tree));
    }
    if (why == null && isPlainHash && isMadeArray(key)) {
      why = "is an array made for this call, equal only to itself";
    }
    if (why == null) {
      why = part(key, 0);
    }
    return why == null || isKeptElsewhere(tree, member)
        ? null
        : new Fault(tree, FaultKind.NEVER_EQUAL, why);
  }

  /** Why a key is equal to no other; null where it may be, or was not made here. */
  private @Nullable String identity(Term key) {
    Term value = KeyFaults.initial(Terms.value(key));
    if (value instanceof Op op && op.kind() == Kind.CHOICE) {
      String why = null;
      for (Term operand : op.operands()) {
        why = identity(operand);
        if (why == null) {
          return null;
        }
      }
      return why;
    }
    if (!(value instanceof New object) || !isData(object)) {
      return null;
    }
    ClassSymbol type = object.type();
    if (!strict && !(Sources.isSource(type) && Values.is(type.type))) {
      return null; // it does something, and is known by what it is
    }
    if (types.isIdentity(type)) {
      return "is a new " + type.name + ", which has no equals and so is equal only to itself";
    }
    return KeyTypes.lacksHashCode(type)
        ? "is a new " + type.name + ", which has equals but no hashCode, so that it is not found"
        : null;
  }

  /**
   * A key that comes from elsewhere, of a class that by its name is made to be one, holds values,
   * and is made anew in the methods of others wherever one is made.
   */
  private @Nullable String namedKey(@Nullable Type type) {
    if (type == null
        || !(type.tsym instanceof ClassSymbol symbol)
        || !symbol.name.toString().endsWith("Key")
        || !types.isIdentity(symbol)
        || !Sources.isSource(symbol)) {
      return null;
    }
    String fault = types.fault(type);
    List<Creation> made = fault == null ? null : inputs.sources().creations(symbol);
    boolean isMadeByCallers =
        made != null
            && !made.isEmpty()
            && made.stream()
                .allMatch(
                    creation ->
                        creation.in() != symbol
                            && creation.root() instanceof MethodTree method
                            && method.getReturnType() != null);
    return isMadeByCallers ? fault : null;
  }

  /** Made of something, as what is to be looked up is, and no object that does something. */
  private static boolean isData(New object) {
    return !object.arguments().isEmpty()
        && !object.type().isAnonymous()
        && object.arguments().stream().noneMatch(a -> Terms.value(a) instanceof Term.Code);
  }

  private static boolean isMadeArray(Term key) {
    Term value = Terms.value(key);
    Type type = Inputs.typeOf(value);
    return type != null
        && type.hasTag(TypeTag.ARRAY)
        && (value instanceof Op || (value instanceof Call call && isMaker(call.method())));
  }

  /** Gives another array each time. */
  private static boolean isMaker(MethodSymbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return method
            .name
            .toString()
            .matches("clone|toArray|getBytes|toCharArray|toByteArray|split|copyOf\\w*|digest")
        && (owner.startsWith("java.") || method.name.contentEquals("clone"));
  }

  /** A part of a key, made here, that takes part in its equals and never is equal. */
  private @Nullable String part(Term key, int depth) {
    Term value = Terms.value(key);
    if (depth > 3) {
      return null;
    }
    if (value instanceof New object) {
      String array = arrayIn(object);
      if (array != null) {
        return array;
      }
    }
    if (value instanceof Op op && op.kind() == Kind.CONCAT) {
      List<Fault> texts = new ArrayList<>();
      KeyFaults.texts(op, texts);
      return texts.isEmpty() ? null : "holds what " + texts.get(0).why();
    }
    boolean isList = value instanceof Call;
    for (Term part : faults.composed(value)) {
      String why = identity(part);
      if (why == null && isList && isArray(part)) {
        why = "is an array, which is equal only to itself";
      }
      why = why == null ? part(part, depth + 1) : "holds what " + why;
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  private static boolean isArray(Term part) {
    Type type = Inputs.typeOf(part);
    return type != null && type.hasTag(TypeTag.ARRAY);
  }

  /** An array in a key object that its equals compares by identity. */
  private @Nullable String arrayIn(New object) {
    for (Map.Entry<VarSymbol, Term> field : object.fields().entrySet()) {
      Term value = Terms.value(field.getValue());
      boolean isConstant = value instanceof Const || value instanceof Field;
      if (field.getKey().type.hasTag(TypeTag.ARRAY)
          && !isConstant
          && equality.comparesIdentity(object.type(), field.getKey())) {
        return "is a new "
            + object.type().name
            + ", whose equals compares the array '"
            + field.getKey().name
            + "' by its identity";
      }
    }
    return null;
  }

  /** Whether a key's object is kept where others can have it from: here, or by who made it. */
  private boolean isKeptElsewhere(ExpressionTree key, Member member) {
    ExpressionTree plain = Symbols.strip(key);
    if (plain instanceof MethodInvocationTree call) {
      return isKeptByMaker(call);
    }
    VarSymbol variable = plain instanceof IdentifierTree name ? Symbols.variable(name) : null;
    return variable != null
        && !Symbols.isField(variable)
        && (isKept(variable, member, true)
            || member.definitions(variable).stream()
                .anyMatch(
                    definition ->
                        Symbols.strip(definition.value()) instanceof MethodInvocationTree call
                            && isKeptByMaker(call)));
  }

  /** Whether a helper puts what it makes somewhere before it gives it back. */
  private boolean isKeptByMaker(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    MethodTree maker = method == null ? null : inputs.sources().method(method);
    Member member = method == null || maker == null ? null : inputs.sources().member(maker, method);
    return maker != null
        && member != null
        && Sources.results(maker).stream()
            .map(result -> Symbols.variable(Symbols.strip(result)))
            .anyMatch(
                made -> made != null && !Symbols.isField(made) && isKept(made, member, false));
  }

  private static boolean isKept(VarSymbol variable, Member member, boolean ifReturned) {
    for (IdentifierTree mention : member.mentions(variable)) {
      Tree parent = member.parent(mention);
      if ((parent instanceof ReturnTree && ifReturned)
          || (parent instanceof AssignmentTree assignment
              && assignment.getExpression() == mention
              && Symbols.isField(Objects.requireNonNull(Symbols.of(assignment.getVariable()))))
          || (parent instanceof MethodInvocationTree call && keeps(call, mention))) {
        return true;
      }
    }
    return member.definitions(variable).stream()
        .map(definition -> member.parent(definition.value()))
        .anyMatch(
            set ->
                set instanceof AssignmentTree
                    && member.parent(set) instanceof MethodInvocationTree call
                    && keeps(call, set));
  }

  private static boolean keeps(MethodInvocationTree call, Tree argument) {
    MethodSymbol method = Symbols.method(call);
    return method != null
        && call.getArguments().contains(argument)
        && (KEEPS.matcher(method.name).matches()
            && !(LOOKS.contains(method.name.toString()) && call.getArguments().get(0) == argument));
  }

  /** What is summed up is so on purpose; {@code hashCode()} is often taken for what it is not. */
  private static boolean isChecksum(@Nullable Tree part) {
    MethodSymbol method = Symbols.method(part);
    return method != null
        && method.owner.getQualifiedName().toString().startsWith("java.util.zip.");
  }

  /** Where values are loaded for the key: a time in it, or a hash in place of what it is of. */
  private @Nullable Fault ofLoaded(Site site) {
    List<Fault> found = new ArrayList<>();
    Term key = inputs.key(site);
    Term value = Terms.value(key);
    boolean composed = value instanceof Op || value instanceof New;
    // what is kept for each thread or object is kept so on purpose, and so is a number drawn for
    // all
    if (composed
        && !isKeptElsewhere(site)
        && inputs.atoms(key).stream().noneMatch(atom -> atom.nature() == Nature.IDENTITY)) {
      faults.unstable(key, found);
    }
    if (found.isEmpty()) {
      faults.lossy(key, found);
      found.removeIf(fault -> !strict && isChecksum(fault.part()));
    }
    return found.isEmpty() || !contents.areLoadedBy(site) ? null : found.get(0);
  }
}
