package dev.singleflight.checker.site;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One source file as the checks see it: its coalescing calls, and the members in which a lock may
 * be held. Found in one pass that all checks share.
 */
public final class Unit {
  private static final Context.Key<Unit> KEY = new Context.Key<>();

  private static final Pattern LOCKING =
      Pattern.compile("lock|acquire|enter|exclusive|open|begin|guard|mutex", CASE_INSENSITIVE);

  private static final Pattern FUNCTIONS =
      Pattern.compile("\\w*(Supplier|Function|Loader|Callable|Operator)");

  private final CompilationUnitTree tree;
  private final ImmutableList<Site> sites;
  private final ImmutableList<Site> caches;
  private final ImmutableList<Member> locking;
  private final Finder finder;

  private Unit(
      CompilationUnitTree tree,
      ImmutableList<Site> sites,
      ImmutableList<Site> caches,
      ImmutableList<Member> locking,
      Finder finder) {
    this.finder = finder;
    this.tree = tree;
    this.sites = sites;
    this.caches = caches;
    this.locking = locking;
  }

  /** The file that {@code state} stands in. */
  public static Unit of(VisitorState state) {
    CompilationUnitTree tree = state.getPath().getCompilationUnit();
    Unit unit = state.context.get(KEY);
    if (unit == null || unit.tree != tree) {
      unit = new Finder(state).find(tree);
      // a Context takes a key once: null first, so that the next file can have its own
      state.context.put(KEY, (Unit) null);
      state.context.put(KEY, unit);
    }
    return unit;
  }

  /** The calls that coalesce, and the methods that do by their annotation. */
  public ImmutableList<Site> sites() {
    return sites;
  }

  /**
   * The calls that load into a cache or map of others, the methods that do by their annotation, and
   * the puts of hand-made memoizers: look for the entry, load, put. Of a method whose annotation
   * leaves the key to code that is not in sight nothing can be said, and it is left out.
   */
  public ImmutableList<Site> caches() {
    return caches;
  }

  /** Methods that a cache annotation is written on, those without code too. */
  public ImmutableList<MethodTree> annotated() {
    return ImmutableList.copyOf(finder.annotated);
  }

  /** Calls that hand a function to a method that is not known to coalesce, but may. */
  public ImmutableList<Handing> handings() {
    return finder.handings();
  }

  /** A call that hands a function to a method, and the member it stands in. */
  public record Handing(MethodInvocationTree call, Member member) {
    /** Whether the method's source shows what it does with the function. */
    public boolean isToSource() {
      MethodSymbol method = Symbols.method(call);
      return method != null && Sources.isSource(Symbols.outermostClass(method));
    }
  }

  /** All members with code. */
  public ImmutableList<Member> members() {
    return finder.members();
  }

  /** The calls that, by their names, look into, put to or drop from a map or cache. */
  public ImmutableListMultimap<Member, MethodInvocationTree> storeCalls() {
    return finder.storeCalls();
  }

  /** The members with code that a lock may be held around: in them, or by all their callers. */
  public ImmutableList<Member> lockable() {
    ImmutableSet.Builder<Member> lockable = ImmutableSet.<Member>builder().addAll(locking);
    for (Site site : sites) {
      lockable.add(site.member());
    }
    return lockable.build().asList();
  }

  /** What the names of one javac call tell. */
  private static final class Names {
    private static final Context.Key<Names> KEY = new Context.Key<>();

    private final NameTest locking = new NameTest(LOCKING.asPredicate());
    private final NameTest functions = new NameTest(FUNCTIONS.asMatchPredicate());
    private final NameTest stores = new NameTest(CacheUses::isOfStore);

    static Names of(VisitorState state) {
      Names names = state.context.get(KEY);
      if (names == null) {
        names = new Names();
        state.context.put(KEY, names);
      }
      return names;
    }
  }

  private static final class Finder extends TreeScanner<@Nullable Void, @Nullable Tree> {
    private final Apis apis;
    private final Sources sources;
    private final VisitorState state;
    private final Names names;
    private final Memos memos;
    private final Map<Tree, Tree> calls = new LinkedHashMap<>();
    private final Map<MethodInvocationTree, Tree> handing = new LinkedHashMap<>();
    private final Set<Tree> locking = new LinkedHashSet<>();
    private final List<MethodTree> annotated = new ArrayList<>();
    private final Map<MethodInvocationTree, Tree> storing = new LinkedHashMap<>();

    private final Map<Tree, Symbol> owners = new LinkedHashMap<>();

    Finder(VisitorState state) {
      this.state = state;
      this.apis = Apis.of(state);
      this.sources = Sources.of(state);
      this.names = Names.of(state);
      this.memos = new Memos(new MemoMethods(state));
    }

    Unit find(CompilationUnitTree tree) {
      scan(tree, null);
      ImmutableList.Builder<Site> sites = ImmutableList.builder();
      ImmutableList.Builder<Site> caches = ImmutableList.builder();
      calls.forEach(
          (call, root) -> {
            Api api = apis.match(Symbols.method(call));
            Member member = member(root);
            if (api != null && api.has(Trait.COALESCES) && member != null) {
              sites.add(new Site(api, call, member));
            } else if (api != null && api.isCache() && member != null) {
              Site site = new Site(api, call, member);
              Declaration declared = site.declared(apis);
              if (declared == null || declared.isKeyKnown()) {
                caches.add(site);
              }
            }
          });
      memos
          .found()
          .forEach(
              (put, root) -> {
                Member member = member(root);
                if (member != null) {
                  caches.add(new Site(Apis.MEMO, put, member));
                }
              });

      return new Unit(tree, sites.build(), caches.build(), membersOf(locking), this);
    }

    private ImmutableList<Handing> handings() {
      ImmutableList.Builder<Handing> handings = ImmutableList.builder();
      handing.forEach(
          (call, root) -> {
            Member member = member(root);
            if (member != null) {
              handings.add(new Handing(call, member));
            }
          });
      return handings.build();
    }

    private ImmutableListMultimap<Member, MethodInvocationTree> storeCalls() {
      ImmutableListMultimap.Builder<Member, MethodInvocationTree> calls =
          ImmutableListMultimap.builder();
      storing.forEach(
          (call, root) -> {
            Member member = member(root);
            if (member != null) {
              calls.put(member, call);
            }
          });
      return calls.build();
    }

    private ImmutableList<Member> members() {
      return membersOf(owners.keySet());
    }

    private ImmutableList<Member> membersOf(Set<Tree> roots) {
      List<Member> found = new ArrayList<>();
      for (Tree root : roots) {
        Member member = member(root);
        if (member != null) {
          found.add(member);
        }
      }
      return ImmutableList.copyOf(found);
    }

    private @Nullable Member member(Tree root) {
      Symbol owner = owners.get(root);
      return owner == null ? null : sources.member(root, owner);
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Tree root) {
      Symbol symbol = Symbols.of(node);
      for (Tree member : node.getMembers()) {
        if (member instanceof BlockTree && root == null && symbol != null) {
          owners.put(member, symbol);
          scan(member, member);
        } else {
          scan(member, root);
        }
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Tree root) {
      Tree own = root == null ? node : root;
      MethodSymbol symbol = Symbols.method(node);
      if (symbol != null) {
        if (root == null) {
          owners.put(node, symbol);
        }
        if (apis.isAnnotated(symbol)) {
          annotated.add(node);
        }
        Api api = apis.match(symbol);
        if (api != null && api.has(Trait.DECLARED) && node.getBody() != null) {
          calls.put(node, own);
        }
        boolean locked =
            (symbol.flags() & Flags.SYNCHRONIZED) != 0
                || Symbols.hasAnnotation(symbol, "GuardedBy")
                || Symbols.hasAnnotation(symbol, "Holding")
                || Symbols.hasAnnotation(symbol, "LockHeld")
                || Apis.isCacheLoaderMethod(symbol, state);
        if (locked) {
          locking.add(own);
        }
      }
      return scan(node.getBody(), own);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, @Nullable Tree root) {
      VarSymbol symbol = Symbols.variable(node);
      if (root != null || symbol == null) {
        return super.visitVariable(node, root);
      }
      owners.put(node, symbol);
      return scan(node.getInitializer(), node);
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree node, @Nullable Tree root) {
      if (root != null) {
        locking.add(root);
      }
      return super.visitSynchronized(node, root);
    }

    /** A resource may be a lock, whatever it is called. */
    @Override
    public @Nullable Void visitTry(TryTree node, @Nullable Tree root) {
      if (root != null && !node.getResources().isEmpty()) {
        locking.add(root);
      }
      return super.visitTry(node, root);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Tree root) {
      MethodSymbol method = Symbols.method(node);
      Api api = apis.match(method);
      if (root != null && method != null) {
        if (names.stores.holds(method.name)) {
          storing.put(node, root);
          memos.see(node, method, root);
        }
        if (api != null) {
          calls.put(node, root);
        } else if (handsFunction(node, method)) {
          handing.put(node, root);
        }
        if ((api != null && api.has(Trait.HOLDS_LOCK)) || names.locking.holds(method.name)) {
          locking.add(root);
        }
      }
      return super.visitMethodInvocation(node, root);
    }

    /** A local variable that holds a function. */
    private boolean holdsFunction(ExpressionTree argument) {
      VarSymbol variable = argument instanceof IdentifierTree name ? Symbols.variable(name) : null;
      return variable != null
          && !Symbols.isField(variable)
          && variable.type.tsym != null
          && variable.type.tsym.isInterface()
          && names.functions.holds(variable.type.tsym.name);
    }

    private boolean handsFunction(MethodInvocationTree call, MethodSymbol method) {
      for (int i = 0; i < call.getArguments().size(); i++) {
        ExpressionTree argument = Symbols.strip(call.getArguments().get(i));
        if (argument instanceof LambdaExpressionTree
            || argument instanceof MemberReferenceTree
            || holdsFunction(argument)
            || (argument instanceof NewClassTree
                && i < method.params().size()
                && Symbols.hasAnnotation(
                    method.params().get(i).type.tsym, "FunctionalInterface"))) {
          return true;
        }
      }
      return false;
    }
  }
}
