package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removals from a Caffeine cache whose clean-up a removal listener does later, on another thread:
 * by then a new load for the key may be at work on the same files.
 */
public final class LateRemovals {
  private static final int MAX_HELPERS = 4;
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";

  private static final ImmutableSet<String> FILES =
      ImmutableSet.of("java.io.File", "java.nio.file.Files", "java.nio.file.Path");

  private static final Pattern CHANGES = Pattern.compile("(rename|delete|move)\\w*");

  /** What makes a file of a name that no other load uses. */
  private static final Pattern UNIQUE = Pattern.compile("createTemp\\w*|randomUUID");

  private static final Pattern ENDS =
      Pattern.compile("(close|shutdown|stop|destroy|dispose|tearDown|reset|clear)\\w*");

  private final Inputs inputs;
  private final CacheLives lives;
  private final Sources sources;

  public LateRemovals(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.lives = CacheLives.of(state);
    this.sources = Sources.of(state);
  }

  /** The first invalidation in these members that a new load of the cache may overtake. */
  public @Nullable MethodInvocationTree of(Site site, List<Member> members) {
    VarSymbol cache = site.api().type().startsWith(CAFFEINE) ? lives.field(site) : null;
    if (cache == null || !cleansUpLater(cache) || !loadsFiles(site)) {
      return null;
    }
    for (Member member : members) {
      MethodSymbol method = Symbols.method(member.tree());
      List<MethodInvocationTree> drops = CacheUses.drops(cache, member);
      if (method != null && !ENDS.matcher(method.name).matches() && !drops.isEmpty()) {
        return drops.get(0);
      }
    }
    return null;
  }

  private boolean cleansUpLater(VarSymbol cache) {
    for (FieldWrite write : sources.writes(cache)) {
      Member member = sources.member(write.root(), cache);
      if (member != null && isBuiltWithListener(write.value(), member)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBuiltWithListener(ExpressionTree built, Member member) {
    boolean listens = false;
    for (ExpressionTree step = Symbols.strip(built);
        step instanceof MethodInvocationTree call;
        step = receiver(call)) {
      MethodSymbol method = Symbols.method(call);
      if (method == null || method.name.contentEquals("executor")) {
        return false; // which may be the caller's own thread
      }
      if (method.name.contentEquals("removalListener") && call.getArguments().size() == 1) {
        listens = changesFiles(call.getArguments().get(0), member);
      }
    }
    return listens;
  }

  private static @Nullable ExpressionTree receiver(MethodInvocationTree call) {
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver == null ? null : Symbols.strip(receiver);
  }

  private boolean changesFiles(ExpressionTree listener, Member member) {
    Term function = inputs.evaluate(listener, inputs.scope(member));
    for (Body body : inputs.bodies(function, ImmutableList.of(), new ArrayList<>())) {
      Member owner = body.scope().member();
      if (owner != null
          && reaches(body.function(), owner, LateRemovals::changesFile, MAX_HELPERS)) {
        return true;
      }
    }
    return false;
  }

  private boolean loadsFiles(Site site) {
    for (Body body : inputs.loader(site)) {
      Member owner = body.scope().member();
      if (owner != null
          && reaches(body.function(), owner, LateRemovals::usesFile, MAX_HELPERS)
          && !reaches(body.function(), owner, LateRemovals::makesUnique, MAX_HELPERS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean changesFile(MethodSymbol method) {
    return CHANGES.matcher(method.name).matches()
        && (FILES.contains(method.owner.getQualifiedName().toString())
            || method.getThrownTypes().stream()
                .anyMatch(type -> Symbols.qualifiedName(type).equals("java.io.IOException")));
  }

  private static boolean usesFile(MethodSymbol method) {
    return FILES.contains(method.owner.getQualifiedName().toString());
  }

  private static boolean makesUnique(MethodSymbol method) {
    return UNIQUE.matcher(method.name).matches();
  }

  private boolean reaches(Tree function, Member member, Predicate<MethodSymbol> what, int helpers) {
    List<MethodSymbol> called = new ArrayList<>();
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol method = member.isInside(call, function) ? Symbols.method(call) : null;
      if (method != null) {
        called.add(method);
      }
    }
    for (NewClassTree creation : member.creations()) {
      MethodSymbol method = member.isInside(creation, function) ? Symbols.method(creation) : null;
      if (method != null && what.test(method)) {
        return true;
      }
    }
    if (called.stream().anyMatch(what)) {
      return true;
    }
    for (MethodSymbol method : helpers > 0 ? called : List.<MethodSymbol>of()) {
      MethodSymbol target = sources.target(method);
      Tree helper = sources.method(target);
      Member owner = helper == null ? null : sources.member(helper, target);
      if (helper != null && owner != null && reaches(helper, owner, what, helpers - 1)) {
        return true;
      }
    }
    return false;
  }
}
