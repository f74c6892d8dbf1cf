package dev.singleflight.checker.context;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.LoadedStores.Loaded;
import dev.singleflight.checker.effects.Callbacks;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.effects.StorePaths;
import dev.singleflight.checker.effects.Stores;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is invalidated before the data is written that makes it stale, and not again afterwards. */
public final class EarlyInvalidations {
  private static final Context.Key<EarlyInvalidations> KEY = new Context.Key<>();
  private static final int MAX_HELPERS = 3;
  private static final int MAX_DEPTH = 6;

  /** What is written beside the data: that is not what the cache holds. */
  private static final Pattern BESIDE =
      Pattern.compile(
          "audit\\w*|log(s|ger|ging)?|events?|history|metrics?|outbox|counters?|stats?|statistics"
              + "|notif\\w*|messages?|queue|traces?|journal|publish\\w*|lock|sessions?|timestamp"
              + "|seen|access|visit\\w*");

  private static final Splitter WORDS = Splitter.onPattern("(?<=[a-z0-9])(?=[A-Z])|_");

  /** What is told of a change, and does not keep the data. */
  private static final Pattern TOLD =
      Pattern.compile(
          "(?i).*(index|search|mailer|sender|publisher|\\bbus|broker|export|report|view|response"
              + "|subscriber|listener|handler).*");

  /** What is dropped of these is a request that somebody waits for. */
  private static final Pattern REQUESTS =
      Pattern.compile(".*(Future|CompletionStage|Promise|Lock|Latch|Request)\\b.*");

  private final Inputs inputs;
  private final Stores stores;
  private final Callbacks callbacks;
  private final Invalidations invalidations;
  private final LoadedStores loaded;
  private final Sources sources;
  private final CacheLives lives;
  private final boolean strict;

  private EarlyInvalidations(VisitorState state) {
    this.strict = Options.of(state).strict();
    this.inputs = Inputs.of(state);
    this.stores = Effects.of(state).stores();
    this.callbacks = Effects.of(state).callbacks();
    this.invalidations = Invalidations.of(state);
    this.loaded = LoadedStores.of(state);
    this.sources = Sources.of(state);
    this.lives = CacheLives.of(state);
  }

  public static EarlyInvalidations of(VisitorState state) {
    EarlyInvalidations early = state.context.get(KEY);
    if (early == null) {
      early = new EarlyInvalidations(state);
      state.context.put(KEY, early);
    }
    return early;
  }

  /** An invalidation, and the write that comes after it. */
  public record Early(StoreAccess invalidation, StoreAccess write) {}

  /** Where a member invalidates too early. */
  public List<Early> in(Member member) {
    return in(member, this::target);
  }

  /**
   * Where a member invalidates one of these caches of others, by itself, too early.
   *
   * @param storeCalls what it calls of maps and caches
   */
  public List<Early> inCaches(
      Member member, Iterable<MethodInvocationTree> storeCalls, List<Site> caches) {
    List<Site> dropped =
        caches.stream()
            .filter(
                site -> {
                  VarSymbol field = lives.field(site);
                  return field != null
                      && !REQUESTS.matcher(String.valueOf(lastArgument(field.type))).matches()
                      && !CacheUses.drops(field, storeCalls).isEmpty();
                })
            .toList();
    return dropped.isEmpty() || !stores.mayWrite(member)
        ? List.of()
        : in(member, access -> target(access, dropped)).stream()
            .filter(early -> !early.write().isThroughCall())
            .toList();
  }

  private List<Early> in(Member member, Function<StoreAccess, @Nullable Target> targets) {
    List<Early> found = new ArrayList<>();
    ImmutableList<StoreAccess> accesses = stores.in(member);
    for (StoreAccess access : accesses) {
      if (!isInvalidation(access) || runsLater(access.at(), member)) {
        continue;
      }
      Target target = targets.apply(access);
      for (StoreAccess write : accesses) {
        if (target != null
            && write.kind() == Kind.WRITE
            && member.flow().mayFollow(access.at(), write.at())
            && !runsLater(write.at(), member)
            && isOf(write, target)
            && !tidiesUp(write, access, member)
            && accesses.stream().noneMatch(other -> mends(other, access, write, target, member))) {
          found.add(new Early(access, write));
          return found; // the first says it all
        }
      }
    }
    return found;
  }

  /** Whether what is written has to do with the very entry that was taken out: it was in use. */
  private boolean tidiesUp(StoreAccess write, StoreAccess access, Member member) {
    List<ExpressionTree> given = new ArrayList<>(arguments(write));
    ExpressionTree receiver =
        write.at() instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
    if (receiver != null) {
      given.add(receiver);
    }
    return write.at() == write.origin()
        && given.stream().anyMatch(g -> holds(inputs.evaluate(g, inputs.scope(member)), access, 0));
  }

  private static boolean holds(Term term, StoreAccess access, int depth) {
    Term value = Terms.value(term);
    return (value instanceof Term.Call call && call.tree() == access.origin())
        || (depth < MAX_DEPTH
            && Terms.children(value).stream().anyMatch(child -> holds(child, access, depth + 1)));
  }

  private static boolean isInvalidation(StoreAccess access) {
    return access.kind() == Kind.DROP
        || access.kind() == Kind.FORGET
        || access.kind() == Kind.DROP_EXACT;
  }

  /** Whether the data is invalidated after the write too, or was written before already. */
  private boolean mends(
      StoreAccess other, StoreAccess access, StoreAccess write, Target target, Member member) {
    boolean again = isInvalidation(other) && member.flow().mayFollow(write.at(), other.at());
    boolean before =
        other.kind() == Kind.WRITE
            && other.at() != write.at()
            && member.flow().mayFollow(other.at(), access.at())
            && isOf(other, target);
    return again || before;
  }

  /**
   * What loads read and what they give, of which an entry is invalidated.
   *
   * @param byType whether a write counts that is only of the same type, made elsewhere
   */
  private record Target(@Nullable Type value, Set<ImmutableList<Object>> sources, boolean byType) {}

  private @Nullable Target target(StoreAccess access) {
    if (access.kind() == Kind.DROP_EXACT) {
      return new Target(lastArgument(Stores.storeType(access)), sources(access.store()), true);
    }
    Loaded store = access.kind() == Kind.DROP ? invalidations.store(access) : ofGroup(access);
    if (store == null) {
      return null;
    }
    Set<ImmutableList<Object>> read = new HashSet<>();
    inputs.loader(store.site()).forEach(body -> addSources(body, read));
    ExpressionTree group = store.site().group();
    return new Target(group == null ? null : lastArgument(Symbols.typeOf(group)), read, true);
  }

  private @Nullable Target target(StoreAccess access, List<Site> caches) {
    ImmutableList<Object> path =
        access.kind() == Kind.DROP ? stores.paths().of(access.store()) : null;
    for (Site site : path == null ? ImmutableList.<Site>of() : caches) {
      if (StorePaths.isSame(stores.paths().of(inputs.group(site)), path)) {
        Set<ImmutableList<Object>> read = new HashSet<>();
        inputs.loader(site).forEach(body -> addSources(body, read));
        ExpressionTree loader = site.loader();
        if (loader != null && inputs.loader(site).isEmpty()) {
          List<Term> opaque = new ArrayList<>(); // users::find, of an interface
          var unused =
              inputs.bodies(
                  inputs.evaluate(loader, inputs.scope(site.member())), ImmutableList.of(), opaque);
          opaque.forEach(term -> addReceiver(term, read));
        }
        if (site.api().has(Trait.VALUE)) {
          addSources(site.member().tree(), site.member(), read, MAX_HELPERS);
        }
        // one object of a type is not another
        read.removeIf(one -> one.get(0) instanceof Symbol.TypeSymbol);
        return new Target(lastArgument(Stores.storeType(access)), read, strict);
      }
    }
    return null;
  }

  private @Nullable Loaded ofGroup(StoreAccess forget) {
    for (Loaded store : loaded.all()) {
      if (isSameGroup(store, forget)) {
        return store;
      }
    }
    return null;
  }

  private boolean isSameGroup(Loaded store, StoreAccess forget) {
    ImmutableList<Object> group = stores.paths().of(store.group());
    return group != null && StorePaths.isSame(group, stores.paths().of(forget.store()));
  }

  private static @Nullable Type lastArgument(@Nullable Type type) {
    return type == null || type.getTypeArguments().isEmpty()
        ? null
        : type.getTypeArguments().get(type.getTypeArguments().size() - 1);
  }

  /** What the loader reads that a field's SingleflightLoader was built with. */
  private Set<ImmutableList<Object>> sources(@Nullable Term store) {
    Set<ImmutableList<Object>> read = new HashSet<>();
    Term origin = inputs.origin(store);
    Term built = origin instanceof Term.Field field ? inputs.definition(field) : origin;
    if (built != null && Terms.value(built) instanceof Term.Call call) {
      for (Term argument : call.arguments()) {
        List<Term> opaque = new ArrayList<>();
        inputs.bodies(argument, ImmutableList.of(), opaque).forEach(b -> addSources(b, read));
        opaque.forEach(term -> addReceiver(term, read));
      }
    }
    return read;
  }

  private void addSources(Body body, Set<ImmutableList<Object>> read) {
    Member member = body.scope().member();
    if (member != null) {
      addSources(body.function(), member, read, MAX_HELPERS);
    }
  }

  private void addSources(
      Tree function, Member member, Set<ImmutableList<Object>> read, int helpers) {
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol method = Symbols.method(call);
      if (method == null
          || !member.isInside(call, function)
          || member.parent(call) instanceof ExpressionStatementTree) { // reads nothing
        continue;
      }
      Tree helper = sources.method(sources.target(method));
      Member owner = helper == null ? null : sources.member(helper, sources.target(method));
      if (helper != null && owner != null && helpers > 0) {
        addSources(helper, owner, read, helpers - 1);
      } else if (Symbols.receiver(call) != null && !method.isStatic()) {
        addPath(inputs.receiver(call, inputs.scope(member)), read);
      }
    }
  }

  private void addReceiver(Term term, Set<ImmutableList<Object>> read) {
    if (Terms.value(term) instanceof Term.Call call) {
      addPath(call.receiver(), read);
    }
  }

  private void addPath(@Nullable Term receiver, Set<ImmutableList<Object>> read) {
    Term value = receiver == null ? null : Terms.value(receiver);
    ImmutableList<Object> path = value instanceof Term.Field ? stores.paths().of(value) : null;
    Type type = value instanceof Term.Var variable ? variable.symbol().type : null;
    if (path != null) {
      read.add(path);
    } else if (type != null && !Symbols.qualifiedName(type).startsWith("java.")) {
      read.add(ImmutableList.of(type.tsym)); // what a constructor or factory was given
    }
  }

  /** Whether what is written is what loads read. */
  private boolean isOf(StoreAccess write, Target target) {
    MethodSymbol method = Symbols.method(write.origin());
    String receiver = Symbols.simpleName(Stores.storeType(write));
    if (method == null
        || isBeside(method.name.toString())
        || isBeside(receiver)
        || TOLD.matcher(receiver).matches()
        || receiver.equals(Symbols.simpleName(target.value()))
        || !(target.byType() || isRead(write, target.sources()))) {
      return false;
    }
    String value = Symbols.simpleName(target.value());
    boolean named = value.length() > 2 && !value.equals("String") && !value.equals("Object");
    boolean other = false;
    for (ExpressionTree argument : arguments(write)) {
      Type type = Symbols.typeOf(argument);
      String name = Symbols.simpleName(type);
      if (named && name.equals(value)) {
        return true;
      }
      other |= isData(type) && !contains(name, value);
    }
    return !other && ((named && contains(receiver, value)) || isRead(write, target.sources()));
  }

  private boolean isRead(StoreAccess write, Set<ImmutableList<Object>> sources) {
    Type type = Stores.storeType(write);
    return sources.contains(stores.paths().of(write.store()))
        || (type != null && sources.contains(ImmutableList.of(type.tsym)));
  }

  private static boolean isBeside(String name) {
    return WORDS
        .splitToStream(name)
        .anyMatch(word -> BESIDE.matcher(word.toLowerCase(Locale.ROOT)).matches());
  }

  private static boolean contains(String name, String part) {
    return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static List<? extends ExpressionTree> arguments(StoreAccess write) {
    return write.origin() instanceof MethodInvocationTree call ? call.getArguments() : List.of();
  }

  /** Whether a type is data of the application's own. */
  private static boolean isData(@Nullable Type type) {
    String name = Symbols.qualifiedName(type);
    return type != null
        && !type.isPrimitive()
        && !name.startsWith("java.")
        && !name.isEmpty()
        && !Symbols.simpleName(type).matches("\\w*(Id|Key|Name|Code|Number|Request|Command)");
  }

  /** Whether code stands in a function that is only run when the member has gone on. */
  private boolean runsLater(Tree at, Member member) {
    for (Tree up = at; up != null; up = member.parent(up)) {
      if (up instanceof ClassTree) {
        return true;
      }
      boolean function = up instanceof LambdaExpressionTree || up instanceof MemberReferenceTree;
      if (function
          && !(member.parent(up) instanceof MethodInvocationTree call
              && callbacks.runsNow(call, (ExpressionTree) up))) {
        return true;
      }
    }
    return false;
  }
}
