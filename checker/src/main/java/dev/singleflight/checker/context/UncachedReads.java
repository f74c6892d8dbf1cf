package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
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
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Methods that are named like reads and coalesce, but keep nothing for the next caller. */
public final class UncachedReads {
  private static final Context.Key<UncachedReads> KEY = new Context.Key<>();
  private static final int MAX_HELPERS = 4;
  private static final int MAX_CALLERS = 2;

  private static final Pattern READ = Pattern.compile("(get|find)([A-Z]\\w*)?");

  private static final ImmutableSet<String> CACHING_ANNOTATIONS =
      ImmutableSet.of(
          "Cacheable", "CacheResult", "Cached", "CachedResult", "Memoize", "Memoized", "Caching");

  private final Apis apis;
  private final Inputs inputs;
  private final Sources sources;
  private final Stores stores;
  private final LoadedStores loaded;
  private final Program program;
  private final Types types;
  private final KeptTypes kept;

  private UncachedReads(VisitorState state) {
    this.apis = Apis.of(state);
    this.inputs = Inputs.of(state);
    this.sources = Sources.of(state);
    this.stores = Effects.of(state).stores();
    this.loaded = LoadedStores.of(state);
    this.program = Program.of(state);
    this.types = state.getTypes();
    this.kept = new KeptTypes(state);
  }

  public static UncachedReads of(VisitorState state) {
    UncachedReads reads = state.context.get(KEY);
    if (reads == null) {
      reads = new UncachedReads(state);
      state.context.put(KEY, reads);
    }
    Program unused = Program.of(state); // may know more now
    return reads;
  }

  /**
   * A read that nobody remembers.
   *
   * @param at the coalescing call, or that of the helper that makes it
   */
  public record Uncached(Tree at, MethodSymbol method, Site site) {}

  /** What a member is, if it is an uncached read; null otherwise. */
  public @Nullable Uncached in(Member member) {
    MethodSymbol method = Program.method(member);
    if (method == null
        || !READ.matcher(method.name).matches()
        || method.getReturnType().hasTag(TypeTag.VOID)
        || isFunction(method)
        || isAnnotated(method)) {
      return null;
    }
    List<Member> reached = new ArrayList<>();
    Tree place = place(member, reached);
    Site site = site(reached);
    if (place == null || site == null || isGivenItsLoader(site) || keeps(reached, method, site)) {
      return null;
    }
    return isKeptByCallers(method, MAX_CALLERS) ? null : new Uncached(place, method, site);
  }

  /** {@code Supplier.get}, say: the name is the interface's, and says nothing of a lookup. */
  private boolean isFunction(MethodSymbol method) {
    return ASTHelpers.findSuperMethods(method, types).stream()
        .anyMatch(above -> above.owner.getQualifiedName().toString().startsWith("java."));
  }

  private @Nullable Site site(List<Member> reached) {
    return reached.stream()
        .flatMap(member -> loaded.sites(member).stream())
        .filter(site -> !caches(site.api()))
        .findFirst()
        .orElse(null);
  }

  /** Where a member coalesces, itself or by a helper of its class; null where it does not. */
  private @Nullable Tree place(Member member, List<Member> reached) {
    reached.add(member);
    for (Site site : loaded.sites(member)) {
      if (!caches(site.api())) {
        return site.tree();
      }
    }
    for (MethodInvocationTree call : member.invocations()) {
      Member helper = helper(call, member);
      if (helper != null && reached.size() <= MAX_HELPERS && !reached.contains(helper)) {
        List<Member> further = new ArrayList<>(reached);
        if (place(helper, further) != null) {
          reached.clear();
          reached.addAll(further);
          return call;
        }
      }
    }
    return null;
  }

  /**
   * A method of the same class, or one that it inherits, that is called and is no read itself;
   * those speak for them.
   */
  private @Nullable Member helper(MethodInvocationTree call, Member member) {
    MethodSymbol method = Symbols.method(call);
    if (method == null
        || apis.match(method) != null
        || READ.matcher(method.name).matches()
        || !(Symbols.outermostClass(method) == Symbols.outermostClass(member.type())
            || member.type().isSubClass(method.owner, types))) {
      return null;
    }
    MethodTree tree = sources.method(method);
    return tree == null ? null : sources.member(tree, method);
  }

  private static boolean caches(Api api) {
    String type = api.type().substring(api.type().lastIndexOf('.') + 1);
    return api.has(Trait.CACHES) || type.matches("(?i).*(cache|memo).*");
  }

  private boolean isAnnotated(MethodSymbol method) {
    List<MethodSymbol> all = new ArrayList<>(ASTHelpers.findSuperMethods(method, types));
    all.add(method);
    for (MethodSymbol declared : all) {
      for (String annotation : CACHING_ANNOTATIONS) {
        if (Symbols.hasAnnotation(declared, annotation)
            || Symbols.hasAnnotation(declared.owner, annotation)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A tool that coalesces what others load: whether to cache is theirs to say. */
  private boolean isGivenItsLoader(Site site) {
    ExpressionTree loader = site.loader();
    if (loader == null) {
      return false;
    }
    Term term = Terms.value(inputs.evaluate(loader, inputs.scope(site.member())));
    ExpressionTree plain = Symbols.strip(loader);
    if (plain instanceof MemberReferenceTree reference) {
      term =
          Terms.value(
              inputs.evaluate(reference.getQualifierExpression(), inputs.scope(site.member())));
      return term instanceof Term.Var given
          && isFunction(given.symbol().type)
          && site.member().declaration(given.symbol()) != null;
    }
    if (term instanceof Term.Code code) {
      return Conditions.variables(Sources.body(code.tree())).stream()
          .anyMatch(
              variable ->
                  isFunction(variable.type)
                      && !Symbols.isField(variable)
                      && site.member().declaration(variable) != null);
    }
    return term instanceof Term.Var given && isFunction(given.symbol().type);
  }

  private boolean isFunction(Type type) {
    try {
      return type.tsym instanceof ClassSymbol symbol
          && symbol.isInterface()
          && (Symbols.qualifiedName(type).startsWith("java.util.function.")
              || Symbols.hasAnnotation(symbol, "FunctionalInterface")
              || Symbols.qualifiedName(type).equals("java.util.concurrent.Callable"))
          && types.isFunctionalInterface(type);
    } catch (Symbol.CompletionFailure e) {
      return false;
    }
  }

  /** Whether a store takes part in what a read does: in it, its helpers or its loader. */
  private boolean keeps(List<Member> reached, MethodSymbol method, Site site) {
    Set<Member> all = new LinkedHashSet<>(reached);
    for (Member member : reached) {
      for (Site own : loaded.sites(member)) {
        for (Body body : inputs.loader(own)) {
          Member owner = body.scope().member();
          if (owner != null) {
            all.add(owner);
          }
        }
      }
    }
    for (Member member : all) {
      for (StoreAccess access : stores.in(member)) {
        if (isKeeping(access, all, method, site)) {
          return true;
        }
      }
    }
    return site.declaration() == null && isOwnCoalescing(site);
  }

  /** A coalescing method of the user's own, which may remember as well: its body says. */
  private boolean isOwnCoalescing(Site site) {
    MethodSymbol called = Symbols.method(site.tree());
    MethodTree tree = called == null ? null : sources.method(sources.target(called));
    Member member = tree == null || called == null ? null : sources.member(tree, called);
    return member != null
        && stores.in(member).stream()
            .anyMatch(access -> access.kind() == Kind.READ || access.kind() == Kind.PUT);
  }

  private boolean isKeeping(StoreAccess access, Set<Member> all, MethodSymbol method, Site site) {
    if (access.kind() == Kind.FORGET
        || access.kind() == Kind.WRITE
        || access.kind() == Kind.DROP
        || access.kind() == Kind.DROP_SAME
        || access.kind() == Kind.DROP_EXACT) {
      return false;
    }
    if (!(access.origin() instanceof MethodInvocationTree)
        && !(access.origin() instanceof MemberReferenceTree)) {
      return isMemo(access, all, method, site);
    }
    Type type = Stores.storeType(access);
    Term store = access.store() == null ? null : Terms.value(access.store());
    boolean map = Symbols.qualifiedName(type).matches("java\\.util\\.(concurrent\\.)?\\w*Map");
    boolean cacheNamed = StoreText.of(access).matches("(?i).*(cache|memo).*");
    if (map && !cacheNamed) {
      ImmutableList<Object> path = stores.paths().of(access.store());
      boolean local = store instanceof Term.Var || store instanceof Term.New;
      if (local || !loaded.isWritten(path)) {
        return false;
      }
    }
    List<Type> arguments = type == null ? List.of() : type.getTypeArguments();
    return arguments.isEmpty() || kept.isRelated(arguments.get(arguments.size() - 1), method, site);
  }

  /** A field that is assigned and read on the way. */
  private boolean isMemo(StoreAccess access, Set<Member> all, MethodSymbol method, Site site) {
    return access.store() != null
        && Terms.value(access.store()) instanceof Term.Field field
        && kept.isRelated(field.symbol().type, method, site)
        && all.stream().anyMatch(member -> isRead(field.symbol(), member));
  }

  private static boolean isRead(VarSymbol field, Member member) {
    return Conditions.reads(member.tree()).contains(field);
  }

  /** Whether those who call a method all keep what it gives, or one does in its place. */
  private boolean isKeptByCallers(MethodSymbol method, int depth) {
    List<Program.Call> callers =
        program.callers(method).stream()
            .filter(call -> Program.method(call.member()) != method)
            .toList();
    for (Program.Call call : callers) {
      boolean decorator =
          call.member().type() != method.owner
              && !ASTHelpers.findSuperMethods(method, types).isEmpty()
              && isImplementation(call.member().type(), method)
              && keeps(call);
      if (decorator) {
        return true;
      }
    }
    return !callers.isEmpty()
        && callers.stream().allMatch(call -> keeps(call) || keptFurther(call, depth));
  }

  private boolean keptFurther(Program.Call call, int depth) {
    MethodSymbol caller = Program.method(call.member());
    return depth > 0 && caller != null && isKeptByCallers(caller, depth - 1);
  }

  private boolean isImplementation(ClassSymbol type, MethodSymbol method) {
    return ASTHelpers.findSuperMethods(method, types).stream()
        .anyMatch(overridden -> type.isSubClass(overridden.owner, types));
  }

  private boolean keeps(Program.Call call) {
    Member member = call.member();
    MethodSymbol caller = Program.method(member);
    if (caller == null || caller.isConstructor() || isAnnotated(caller)) {
      return true; // what is given to a field with the object is kept as long as that
    }
    for (Tree at = member.parent(call.tree()); at != null; at = member.parent(at)) {
      MethodSymbol around = at instanceof MethodInvocationTree ? Symbols.method(at) : null;
      Api api = apis.match(around);
      boolean memoizes =
          around != null
              && (around.owner.name + "." + around.name).matches("(?i).*(memo|cache|lazy).*");
      if (memoizes || (api != null && api.has(Trait.CACHES))) {
        return true;
      }
    }
    return stores.in(member).stream()
        .anyMatch(access -> access.kind() == Kind.PUT || access.kind() == Kind.COMPUTE);
  }
}
