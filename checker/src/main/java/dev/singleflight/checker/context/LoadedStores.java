package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.effects.Stores;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Conditions.Condition;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stores that coalesced loads write: in the loader, or where the leader has its result. Looked
 * for in the whole compilation, each member once.
 */
public final class LoadedStores {
  private static final Context.Key<LoadedStores> KEY = new Context.Key<>();

  /** How code calls what tells that something was invalidated meanwhile. */
  private static final Pattern VERSION =
      Pattern.compile(
          "(?i).*(generation|epoch|version|stamp|token|lease|revision|invalidat|evicted|superseded"
              + "|outdated|isCurrent|isFresh|stillValid|modCount|forgotten|cancel|stale).*",
          Pattern.DOTALL);

  private static final Pattern VERSIONED_PUT =
      Pattern.compile("(?i).*(generation|epoch|lease|token|stamp).*", Pattern.DOTALL);

  private final Apis apis;
  private final Inputs inputs;
  private final Stores stores;
  private final Program program;
  private final Reach reach;
  private final Set<Member> seen = new HashSet<>();
  private final Set<Member> writing = new HashSet<>();
  private final List<Loaded> loaded = new ArrayList<>();
  private final Set<ImmutableList<Object>> put = new HashSet<>();
  private final Set<Tree> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Member, List<Site>> sites = new IdentityHashMap<>();

  private LoadedStores(VisitorState state) {
    this.apis = Apis.of(state);
    this.inputs = Inputs.of(state);
    this.stores = Effects.of(state).stores();
    this.program = Program.of(state);
    this.reach = Reach.of(state);
  }

  public static LoadedStores of(VisitorState state) {
    LoadedStores stores = state.context.get(KEY);
    if (stores == null) {
      stores = new LoadedStores(state);
      state.context.put(KEY, stores);
    }
    Program unused = Program.of(state); // may know more now
    return stores;
  }

  /**
   * A store that a load writes without asking whether its entry was invalidated meanwhile.
   *
   * @param path which store it is
   * @param put where it is written
   * @param group the group of the load; null where it is not an object of its own
   * @param asked the fields that are asked whether to write it
   */
  public record Loaded(
      ImmutableList<Object> path,
      StoreAccess put,
      Site site,
      @Nullable Term group,
      ImmutableSet<VarSymbol> asked) {}

  public List<Loaded> all() {
    look();
    return loaded;
  }

  /** Whether anything but a constructor writes a store. */
  public boolean isWritten(@Nullable ImmutableList<Object> path) {
    for (Member member : path == null ? Set.<Member>of() : program.members()) {
      if (writing.add(member)) {
        lookForPuts(member); // by whomever: only few ask, and then the whole program counts
      }
    }
    return path != null && put.contains(path);
  }

  /** Whether code stands in the loader of a coalescing call. */
  public boolean isInLoader(Tree node, Member member) {
    look();
    for (Tree at = node; at != null; at = member.parent(at)) {
      if (loaders.contains(at)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a function is a loader. */
  public boolean isLoader(Tree function) {
    look();
    return loaders.contains(function);
  }

  /** The coalescing calls of a member. */
  public List<Site> sites(Member member) {
    return sites.computeIfAbsent(member, this::findSites);
  }

  private List<Site> findSites(Member member) {
    List<Site> found = new ArrayList<>();
    for (MethodInvocationTree call : member.invocations()) {
      Api api = apis.match(Symbols.method(call));
      if (api != null && api.has(Trait.COALESCES)) {
        found.add(new Site(api, call, member));
      }
    }
    MethodSymbol method = Program.method(member);
    Api own = method == null ? null : apis.match(method);
    if (own != null
        && own.has(Trait.DECLARED)
        && member.tree() instanceof MethodTree tree
        && tree.getBody() != null) {
      found.add(new Site(own, member.tree(), member));
    }
    return found;
  }

  /** Only when it is asked for: where nothing coalesces nobody does. */
  private void look() {
    Set<Member> members = program.members();
    if (members.size() == seen.size()) {
      return;
    }
    for (Member member : members) {
      if (seen.add(member) && reach.coalesces(member.type())) {
        look(member);
      }
    }
  }

  private void look(Member member) {
    for (Site site : sites(member)) {
      for (Body body : inputs.loader(site)) {
        loaders.add(body.function());
        Member owner = body.scope().member();
        if (owner != null) {
          written(site, body.function(), owner);
        }
      }
    }
    for (StoreAccess access : stores.in(member)) {
      if (access.kind() == Kind.PUT || access.kind() == Kind.COMPUTE) {
        writtenAfter(access, member);
      }
    }
  }

  private void lookForPuts(Member member) {
    MethodSymbol method = Program.method(member);
    if (method == null || method.isConstructor()) {
      return;
    }
    for (StoreAccess access : stores.in(member)) {
      ImmutableList<Object> path =
          access.kind() == Kind.PUT || access.kind() == Kind.COMPUTE
              ? stores.paths().of(access.store())
              : null;
      if (path != null) {
        put.add(path);
      }
    }
  }

  /** What a loader puts. */
  private void written(Site site, Tree function, Member owner) {
    for (StoreAccess access : stores.in(owner)) {
      if (access.kind() == Kind.PUT && owner.isInside(access.at(), function)) {
        add(access, site, owner);
      }
    }
  }

  /** What is put of a load's result by whoever got it. */
  private void writtenAfter(StoreAccess access, Member member) {
    for (ExpressionTree value : access.values()) {
      for (Site site : sites(member)) {
        boolean kept =
            access.kind() == Kind.COMPUTE
                && site.api().has(Trait.ASYNC)
                && member.isInside(site.tree(), value);
        if (kept) {
          add(access, site, member);
        }
      }
      Term term = inputs.evaluate(value, inputs.scope(member));
      Term.Call load = access.kind() == Kind.PUT ? stores.coalesced(term) : null;
      if (load != null) {
        Site site = site(load, member);
        if (site != null) {
          add(access, site, member);
        }
      }
    }
  }

  private @Nullable Site site(Term.Call load, Member member) {
    Api api = apis.match(load.method());
    return api == null || !(load.tree() instanceof MethodInvocationTree)
        ? null
        : new Site(api, load.tree(), member);
  }

  private void add(StoreAccess access, Site site, Member member) {
    ImmutableList<Object> path = stores.paths().of(access.store());
    if (path == null
        || !stores.paths().isKept(access.store())
        || !isConsulted(access, member)
        || isGuarded(access.at(), member)
        || (access.isThroughCall() && isGuarded(access.origin(), access.member()))) {
      return;
    }
    boolean none = site.call() == null || site.api().has(Trait.KEEPS_LOADER);
    Term group = none ? null : group(site, member);
    loaded.add(new Loaded(path, access, site, group, asked(access, path, member)));
  }

  /** The fields that conditions ask around a put, other than the store. */
  private static ImmutableSet<VarSymbol> asked(
      StoreAccess access, ImmutableList<Object> path, Member member) {
    ImmutableSet.Builder<VarSymbol> asked = ImmutableSet.builder();
    List<Condition> conditions = new ArrayList<>(Conditions.of(access.at(), member.tree(), member));
    if (access.isThroughCall()) {
      conditions.addAll(Conditions.of(access.origin(), access.member().tree(), access.member()));
    }
    for (Condition condition : conditions) {
      for (VarSymbol variable : Conditions.variables(condition.expression())) {
        if (Symbols.isField(variable) && !path.contains(variable)) {
          asked.add(variable);
        }
      }
    }
    return asked.build();
  }

  /** Whether a field is asked before it is loaded, without which it remembers nothing. */
  boolean isConsulted(StoreAccess access, Member member) {
    VarSymbol field =
        access.origin() instanceof AssignmentTree assignment
            ? Symbols.variable(Symbols.strip(assignment.getVariable()))
            : null;
    if (field == null) {
      return true;
    }
    List<Member> around = new ArrayList<>(List.of(member, access.member()));
    for (Member each : List.of(member, access.member())) {
      MethodSymbol method = Program.method(each);
      if (method != null) {
        program.callers(method).forEach(call -> around.add(call.member()));
      }
    }
    return around.stream().anyMatch(each -> isAskedOrReturned(field, each));
  }

  private static boolean isAskedOrReturned(VarSymbol field, Member member) {
    Set<VarSymbol> named = new HashSet<>(Conditions.asked(member.tree()));
    if (named.contains(field)) {
      return true;
    }
    for (VarSymbol local : named) {
      for (Definition definition : member.definitions(local)) {
        if (Symbols.variable(Symbols.strip(definition.value())) == field) {
          return true; // User known = this.known; if (known != null) …
        }
      }
    }
    return false;
  }

  private @Nullable Term group(Site site, Member member) {
    for (Site own : sites(member)) {
      if (own.tree() == site.tree()) {
        return inputs.origin(inputs.group(own));
      }
    }
    return inputs.origin(inputs.group(site));
  }

  /** Whether a put asks first whether what it puts is still current. */
  private boolean isGuarded(Tree put, Member member) {
    if (VERSIONED_PUT.matcher(put.toString()).matches()) {
      return true;
    }
    for (Condition condition : Conditions.of(put, member.tree(), member)) {
      if (VERSION.matcher(condition.expression().toString()).matches()
          || comparesWithItself(condition.expression(), member)) {
        return true;
      }
    }
    return false;
  }

  /** {@code before == current()}, where before was current() too: has it changed? */
  private boolean comparesWithItself(ExpressionTree condition, Member member) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBinary(BinaryTree node, @Nullable Void unused) {
        switch (node.getKind()) {
          case EQUAL_TO,
              NOT_EQUAL_TO,
              LESS_THAN,
              GREATER_THAN,
              LESS_THAN_EQUAL,
              GREATER_THAN_EQUAL ->
              found[0] |= isSame(node.getLeftOperand(), node.getRightOperand());
          default -> {}
        }
        return super.visitBinary(node, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        MethodSymbol method = Symbols.method(node);
        List<? extends ExpressionTree> arguments = node.getArguments();
        ExpressionTree receiver = Symbols.receiver(node);
        if (method != null && method.name.contentEquals("equals")) {
          found[0] |=
              arguments.size() == 2
                  ? isSame(arguments.get(0), arguments.get(1))
                  : receiver != null && isSame(receiver, arguments.get(0));
        }
        return super.visitMethodInvocation(node, null);
      }

      private boolean isSame(ExpressionTree left, ExpressionTree right) {
        Term first = Terms.value(inputs.evaluate(left, inputs.scope(member)));
        return !(first instanceof Term.Const)
            && Terms.same(first, inputs.evaluate(right, inputs.scope(member)));
      }
    }.scan(condition, null);
    return found[0];
  }
}
