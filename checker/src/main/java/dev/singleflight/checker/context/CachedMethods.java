package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods that annotations cache, and those that drop or replace what they have cached. */
public final class CachedMethods {
  private static final Context.Key<CachedMethods> KEY = new Context.Key<>();

  private final Apis apis;
  private final Program program;
  private final Sources sources;
  private final KeyShapes shapes;

  private CachedMethods(VisitorState state) {
    this.apis = Apis.of(state);
    this.program = Program.of(state);
    this.sources = Sources.of(state);
    this.shapes = new KeyShapes(state);
  }

  public static CachedMethods of(VisitorState state) {
    CachedMethods methods = state.context.get(KEY);
    if (methods == null) {
      methods = new CachedMethods(state);
      state.context.put(KEY, methods);
    }
    return methods;
  }

  /**
   * A method, and what one annotation declares of it.
   *
   * @param at the annotation, or what holds it
   */
  public record Cached(
      MethodSymbol method, MethodTree tree, Declaration declaration, AnnotationTree at) {

    boolean sharesCacheWith(Cached other) {
      return !Collections.disjoint(declaration.caches(), other.declaration.caches());
    }
  }

  /** What the annotations in a file declare. */
  public List<Cached> in(Unit unit) {
    List<Cached> all = new ArrayList<>();
    unit.annotated().forEach(tree -> add(tree, all));
    return all;
  }

  private void add(MethodTree tree, List<Cached> all) {
    MethodSymbol method = Symbols.method(tree);
    if (method == null) {
      return;
    }
    for (Declaration declaration : apis.declarations(method)) {
      all.add(new Cached(method, tree, declaration, at(tree, declaration)));
    }
  }

  private static AnnotationTree at(MethodTree tree, Declaration declaration) {
    List<? extends AnnotationTree> annotations = tree.getModifiers().getAnnotations();
    for (AnnotationTree annotation : annotations) {
      var type = Symbols.typeOf(annotation.getAnnotationType());
      if (Symbols.qualifiedName(type).equals(declaration.annotation().type())) {
        return annotation;
      }
    }
    // in one that holds several
    for (AnnotationTree annotation : annotations) {
      if (annotation.toString().contains(declaration.annotation().simpleName())) {
        return annotation;
      }
    }
    return annotations.get(0);
  }

  /**
   * A drop or replacement that misses what is cached.
   *
   * @param cached a method whose entries it is meant for
   */
  public record Missed(Cached by, Cached cached) {}

  /** Drops and replacements of a file whose key is like that of none of the cached methods. */
  public List<Missed> missed(Unit unit, Role role, boolean strict) {
    List<Missed> found = new ArrayList<>();
    List<Cached> all = in(unit);
    for (Cached by : all) {
      if (by.declaration().role() != role || isForAll(by)) {
        continue;
      }
      Cached missed = missed(by, all, strict);
      if (missed != null && allMiss(by, strict)) {
        found.add(new Missed(by, missed));
      }
    }
    return found;
  }

  private static boolean isForAll(Cached by) {
    return by.declaration().isSet("allEntries") || by.declaration().isSet("all");
  }

  /** A cached method that is missed; null where one of them is not, or there is none. */
  private @Nullable Cached missed(Cached by, List<Cached> all, boolean strict) {
    Cached missed = null;
    for (Cached other : all) {
      if (other.declaration().role() == Role.EVICTS
          || other.declaration().role() == Role.EVICTS_ALL
          || !other.sharesCacheWith(by)) {
        continue;
      }
      boolean caches = other.declaration().role() == Role.CACHES;
      if (caches && !shapes.differ(by, other, strict)) {
        return null;
      }
      missed = caches && missed == null ? other : missed;
    }
    return missed;
  }

  /** Whether it misses what other files cache as well. */
  private boolean allMiss(Cached by, boolean strict) {
    return cachedBeside(by).stream().allMatch(other -> shapes.differ(by, other, strict));
  }

  /** The methods of all files that cache where one drops or puts. */
  private List<Cached> cachedBeside(Cached by) {
    List<Cached> all = new ArrayList<>();
    for (Member member : program.members()) {
      MethodSymbol method = Program.method(member);
      if (method != null && member.tree() instanceof MethodTree tree && apis.isAnnotated(method)) {
        add(tree, all);
      }
    }
    all.removeIf(c -> c.declaration().role() != Role.CACHES || !c.sharesCacheWith(by));
    return all;
  }

  /** What a file puts in place of values of another type: an outcome, a list, or nothing. */
  public List<Missed> mistaken(Unit unit) {
    List<Missed> found = new ArrayList<>();
    for (Cached by : in(unit)) {
      if (by.declaration().role() != Role.PUTS) {
        continue;
      }
      List<Cached> beside = cachedBeside(by);
      boolean all =
          beside.stream()
              .allMatch(other -> shapes.mayBeEqual(by, other) && !shapes.isSameResult(by, other));
      if (all && !beside.isEmpty()) {
        found.add(new Missed(by, beside.get(0)));
      }
    }
    return found;
  }

  /**
   * Two methods whose keys are the same in one cache, though they load different things.
   *
   * @param isSameType whether what they give could stand for each other
   */
  public record Collision(Cached first, Cached second, boolean isSameType) {}

  /** The methods of one class in a file that are given each other's entries. */
  public List<Collision> collisions(Unit unit) {
    List<Cached> cached =
        in(unit).stream().filter(c -> c.declaration().role() == Role.CACHES).toList();
    List<Collision> found = new ArrayList<>();
    for (int i = 0; i < cached.size(); i++) {
      for (int j = 0; j < i; j++) {
        Cached first = cached.get(j);
        Cached second = cached.get(i);
        if (first.method() != second.method()
            && first.method().owner == second.method().owner
            && first.sharesCacheWith(second)
            && shapes.areEqual(first, second)
            && !isOneInTermsOfOther(first, second)) {
          found.add(new Collision(first, second, shapes.isSameResult(first, second)));
          break; // the first says it all
        }
      }
    }
    return found;
  }

  /** One that calls the other, or loads by what the other does, may well give what that gives. */
  private boolean isOneInTermsOfOther(Cached first, Cached second) {
    Set<MethodSymbol> one = calls(first);
    Set<MethodSymbol> other = calls(second);
    return first.tree().getBody() == null
        || second.tree().getBody() == null
        || one.contains(second.method())
        || other.contains(first.method())
        || !Collections.disjoint(one, other);
  }

  /** What a method calls of the application's own, and so what it may load by. */
  private Set<MethodSymbol> calls(Cached cached) {
    Set<MethodSymbol> calls = new HashSet<>();
    Member member = sources.member(cached.tree(), cached.method());
    if (member != null) {
      for (MethodInvocationTree call : member.invocations()) {
        MethodSymbol method = Symbols.method(call);
        if (method != null && !method.owner.getQualifiedName().toString().startsWith("java.")) {
          calls.add(method);
        }
      }
    }
    return calls;
  }

  /** The names of a cached method's caches, as a message says them. */
  public static String caches(Cached cached) {
    ImmutableList<String> names = cached.declaration().caches().asList();
    return names.isEmpty() ? "the cache" : "'" + String.join("', '", names) + "'";
  }
}
