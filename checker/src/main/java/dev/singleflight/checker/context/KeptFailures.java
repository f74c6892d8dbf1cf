package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Fallback;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.effects.StorePaths;
import dev.singleflight.checker.effects.Stores;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of coalesced loads that are kept in a cache as if they were values. */
public final class KeptFailures {
  private static final Context.Key<KeptFailures> KEY = new Context.Key<>();

  /** What says that a failure is kept on purpose, and not for as long as a value. */
  private static final Pattern NEGATIVE =
      Pattern.compile(
          "(?i).*(negative|short|brief|(error|fail(ure)?|miss(ing)?|neg)_?(ttl|expiry|cache)"
              + "|retry_?after|back_?off|cool_?down).*",
          Pattern.DOTALL);

  private static final Pattern TIME =
      Pattern.compile("(?i).*(ttl|expir|until|plus|duration|deadline|validFor).*", Pattern.DOTALL);

  private static final Pattern OF_FAILURES =
      Pattern.compile(
          "(?i).*(negative|fail|error|misses|missing|backoff|cooldown|circuit|blocked|breaker).*");

  private final Apis apis;
  private final Inputs inputs;
  private final Effects effects;
  private final Stores stores;
  private final LoadedStores loaded;
  private final Program program;

  private KeptFailures(VisitorState state) {
    this.apis = Apis.of(state);
    this.inputs = Inputs.of(state);
    this.effects = Effects.of(state);
    this.stores = effects.stores();
    this.loaded = LoadedStores.of(state);
    this.program = Program.of(state);
  }

  public static KeptFailures of(VisitorState state) {
    KeptFailures failures = state.context.get(KEY);
    if (failures == null) {
      failures = new KeptFailures(state);
      state.context.put(KEY, failures);
    }
    Program unused = Program.of(state); // may know more now
    return failures;
  }

  /**
   * A failure kept.
   *
   * @param at what keeps it, in the file that was asked about
   * @param by what keeps it, in words
   */
  public record Kept(Tree at, String by, Fallback fallback) {}

  /** What a member keeps, itself or by what it calls. */
  public List<Kept> in(Member member) {
    List<Kept> kept = new ArrayList<>();
    builtLoaders(member, kept);
    for (StoreAccess access : stores.in(member)) {
      Fallback failure = isAfterLoad(access, member) ? failure(access, member) : null;
      if (failure != null) {
        boolean here =
            Symbols.outermostClass(access.member().type()) == Symbols.outermostClass(member.type());
        kept.add(
            new Kept(here ? access.origin() : access.at(), access.origin().toString(), failure));
      }
    }
    return kept;
  }

  /** Loaders whose results the API itself keeps. */
  private void builtLoaders(Member member, List<Kept> kept) {
    for (MethodInvocationTree call : member.invocations()) {
      Api api = apis.match(Symbols.method(call));
      if (api == null || !api.has(Trait.CACHES) || api.isCache() || isAccess(call, member)) {
        continue;
      }
      for (Body body : inputs.loader(new Site(api, call, member))) {
        Fallback failure = effects.failures().of(body);
        if (failure != null && (!failure.isNull() || keepsNulls(call))) {
          boolean here =
              Symbols.outermostClass(failure.member().type())
                  == Symbols.outermostClass(member.type());
          kept.add(new Kept(here ? failure.at() : call, "the loader's cache", failure));
        }
      }
    }
  }

  /** Whether a call is one that puts a coalesced load's value, and is looked at as such. */
  private boolean isAccess(MethodInvocationTree call, Member member) {
    return stores.in(member).stream()
        .anyMatch(access -> access.origin() == call && isAfterLoad(access, member));
  }

  /** {@code newBuilder().cacheNulls(…).build(loader)}. */
  private static boolean keepsNulls(MethodInvocationTree call) {
    ExpressionTree step = Symbols.receiver(call);
    while (step instanceof MethodInvocationTree made) {
      MethodSymbol method = Symbols.method(made);
      if (method != null && method.name.contentEquals("cacheNulls")) {
        return true;
      }
      step = Symbols.receiver(made);
    }
    return false;
  }

  /** Whether what is put has to do with a coalesced load: in its loader, or of its outcome. */
  private boolean isAfterLoad(StoreAccess access, Member member) {
    if (access.kind() == Kind.COMPUTE) {
      return access.values().stream().anyMatch(value -> loads(value, member));
    }
    if (!isPut(access)
        || !stores.paths().isKept(access.store())
        || !loaded.isConsulted(access, member)) {
      return false;
    }
    return loaded.isInLoader(access.at(), member)
        || !loaded.sites(member).isEmpty()
        || member.invocations().stream().anyMatch(c -> effects.blocking().way(c, member) != null);
  }

  /** Whether a function loads, itself or by what it calls. */
  private boolean loads(ExpressionTree function, Member member) {
    if (function instanceof MemberReferenceTree) {
      return effects.blocking().way(function, member) != null;
    }
    return loaded.sites(member).stream().anyMatch(s -> member.isInside(s.tree(), function))
        || member.invocations().stream()
            .anyMatch(
                call ->
                    member.isInside(call, function)
                        && effects.blocking().way(call, member) != null);
  }

  /** A put of null counts: where the store takes it, it is an entry. */
  private static boolean isPut(StoreAccess access) {
    return access.kind() == Kind.PUT
        || (access.kind() == Kind.DROP
            && access.origin() instanceof MethodInvocationTree call
            && call.getArguments().size() == 2);
  }

  private @Nullable Fallback failure(StoreAccess access, Member member) {
    Fallback found = failureHere(access, access.values(), access.at(), member);
    if (found == null && access.isThroughCall()) {
      StoreAccess direct = direct(access);
      found =
          direct == null
              ? null
              : failureHere(direct, direct.values(), direct.at(), direct.member());
    }
    return found;
  }

  /**
   * Whether values are kept there too, or asked for: and not when something failed, or how often.
   */
  private boolean isStoreOfValues(StoreAccess access, List<ExpressionTree> given, Member member) {
    for (ExpressionTree value : given) {
      Type type = Symbols.typeOf(value);
      String name = Symbols.qualifiedName(type);
      boolean counts =
          type != null
              && type.isPrimitive()
              && name.matches("long|int")
              && !standsInForLoaded(access, value, member);
      if (name.startsWith("java.time.")
          || name.startsWith("java.util.concurrent.atomic.")
          || counts) {
        return false;
      }
    }
    ImmutableList<Object> path = stores.paths().of(access.store());
    for (Member other : program.members()) {
      boolean near = Symbols.outermostClass(other.type()) == Symbols.outermostClass(member.type());
      for (StoreAccess use : near ? stores.in(other) : ImmutableList.<StoreAccess>of()) {
        boolean values =
            use.origin() != access.origin()
                && (use.kind() == Kind.PUT
                    || use.kind() == Kind.COMPUTE
                    || (use.kind() == Kind.READ && !loaded.sites(other).isEmpty()));
        if (values && StorePaths.isSame(path, stores.paths().of(use.store()))) {
          return true;
        }
      }
      boolean field = near && isMemoRead(access, other);
      if (field) {
        return true;
      }
    }
    return false;
  }

  /** Whether a number is a constant where the same code otherwise puts one that was loaded. */
  private boolean standsInForLoaded(StoreAccess access, ExpressionTree value, Member member) {
    ImmutableList<Object> path = stores.paths().of(access.store());
    return ASTHelpers.constValue(value) != null
        && stores.in(member).stream()
            .filter(put -> put.kind() == Kind.PUT && put.origin() != access.origin())
            .filter(put -> StorePaths.isSame(path, stores.paths().of(put.store())))
            .flatMap(put -> put.values().stream())
            .anyMatch(v -> stores.coalesced(inputs.evaluate(v, inputs.scope(member))) != null);
  }

  private static boolean isMemoRead(StoreAccess access, Member other) {
    return access.origin() instanceof AssignmentTree assignment
        && Conditions.reads(other.tree()).contains(Symbols.variable(assignment.getVariable()));
  }

  private @Nullable StoreAccess direct(StoreAccess access) {
    return stores.in(access.member()).stream()
        .filter(other -> other.origin() == access.origin() && !other.isThroughCall())
        .findFirst()
        .orElse(null);
  }

  private @Nullable Fallback failureHere(
      StoreAccess access, ImmutableList<ExpressionTree> values, ExpressionTree at, Member member) {
    if (isNegativeCaching(access, member)) {
      return null;
    }
    List<ExpressionTree> given = new ArrayList<>(values);
    if (access.kind() == Kind.DROP && at instanceof MethodInvocationTree call) {
      given.add(call.getArguments().get(1));
    }
    Fallback inHandler =
        access.kind() == Kind.COMPUTE ? null : effects.failures().inHandler(given, at, member);
    if (inHandler != null) {
      if (!isStoreOfValues(access, given, member)) {
        return null;
      }
      return inHandler.isNull() && stores.refusesNull(access) ? null : inHandler;
    }
    for (ExpressionTree value : given) {
      Fallback failure = effects.failures().of(value, member);
      if (failure != null
          && !(failure.isNull() && stores.refusesNull(access))
          && !isKeptApart(failure, value, at, member)) {
        return failure;
      }
    }
    return null;
  }

  /** Whether the failure is known to be one, and kept for a time of its own. */
  private boolean isNegativeCaching(StoreAccess access, Member member) {
    ImmutableList<Object> path = stores.paths().of(access.store());
    Symbol store = path == null ? null : StorePaths.last(path);
    if (NEGATIVE.matcher(access.origin().toString()).matches()
        || (store != null && OF_FAILURES.matcher(store.name).matches())) {
      return true;
    }
    String time = time(access);
    return time != null
        && Conditions.handler(access.at(), member.function(access.at()), member) != null
        && stores.in(member).stream()
            .noneMatch(other -> other.origin() != access.origin() && time.equals(time(other)));
  }

  /** How long a put keeps its entry, as the source has it; null where it does not say. */
  private static @Nullable String time(StoreAccess access) {
    if (!(access.origin() instanceof MethodInvocationTree call)) {
      return null;
    }
    List<ExpressionTree> times = new ArrayList<>();
    for (int i = 1; i < call.getArguments().size(); i++) {
      ExpressionTree argument = Symbols.strip(call.getArguments().get(i));
      List<? extends ExpressionTree> parts =
          argument instanceof NewClassTree creation
              ? creation.getArguments()
              : argument instanceof MethodInvocationTree value ? value.getArguments() : List.of();
      parts.stream().filter(part -> TIME.matcher(part.toString()).matches()).forEach(times::add);
      if (i > 1) {
        times.add(argument);
      }
    }
    return times.isEmpty() ? null : times.toString();
  }

  /** Whether a condition keeps failures from being put. */
  static boolean isKeptApart(
      Fallback failure, ExpressionTree value, ExpressionTree put, Member member) {
    Set<VarSymbol> variables = Conditions.variables(value);
    for (Condition condition : Conditions.of(put, member.tree(), member)) {
      int position = ASTHelpers.getStartPosition(condition.at());
      for (VarSymbol asked : Conditions.variables(condition.expression())) {
        boolean ofValue =
            variables.contains(asked)
                && !Symbols.isField(asked)
                && isDefinedBefore(asked, value, position, member)
                && (failure.isNull() || !isNullCheck(condition.expression(), asked));
        boolean ofMark =
            failure.marks().contains(asked)
                && !variables.contains(asked)
                && (failure.member() != member
                    || position > ASTHelpers.getStartPosition(failure.at()));
        if (ofValue || ofMark) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNullCheck(ExpressionTree condition, VarSymbol variable) {
    String name = variable.name.toString();
    return condition.toString().matches("\\(*" + name + " [!=]= null\\)*");
  }

  private static boolean isDefinedBefore(
      VarSymbol variable, ExpressionTree value, int position, Member member) {
    List<Definition> definitions = member.flow().reaching(variable, value);
    return definitions.stream()
        .allMatch(definition -> ASTHelpers.getStartPosition(definition.at()) < position);
  }
}
