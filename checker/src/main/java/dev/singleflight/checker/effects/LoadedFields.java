package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Contents;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which maps and caches, kept in fields, hold what was loaded, and only that: a load that all puts
 * show, or a method of another class that asks a getter, and hands what it then makes to a setter.
 */
final class LoadedFields {
  static final ImmutableSet<String> LOOKS =
      ImmutableSet.of("get", "getOrDefault", "getIfPresent", "getUnchecked", "getAllPresent");

  /** Where the load stands in another class, the map must say itself what it is. */
  private static final Pattern CACHES = Pattern.compile("(?i)cache|memo");

  private static final ImmutableSet<String> PUTS =
      ImmutableSet.of("put", "putIfAbsent", "replace", "compute", "merge", "putAll");

  private final Apis apis;
  private final Inputs inputs;
  private final Sources sources;
  private final Reach reach;
  private final Contents contents;
  private final Map<VarSymbol, Boolean> known = new HashMap<>();

  LoadedFields(VisitorState state, Inputs inputs) {
    this.apis = Apis.of(state);
    this.inputs = inputs;
    this.sources = Sources.of(state);
    this.reach = Reach.of(state);
    this.contents = new Contents(inputs);
  }

  /** Whether a field's cache or map holds what was loaded. */
  boolean isLoaded(VarSymbol field) {
    Boolean found = known.get(field);
    if (found == null) {
      known.put(field, false);
      found = find(field);
      known.put(field, found);
    }
    return found;
  }

  /** Whether a load into a map or cache gives what it loads. */
  boolean loads(Term.Call call, Api api) {
    return api.loader() < call.arguments().size()
        && contents.areLoadedBy(call.arguments().get(api.loader()));
  }

  private boolean find(VarSymbol field) {
    boolean loaded = isBuiltToLoad(field);
    if (!loaded && isReplaced(field)) {
      return false;
    }
    List<Use> touches = sources.touches(field);
    for (Use use : touches) {
      MethodSymbol method = Symbols.method(use.tree());
      Member member = sources.member(use.root(), field);
      if (!(use.tree() instanceof MethodInvocationTree call) || method == null || member == null) {
        continue;
      }
      String name = method.name.toString();
      Api api = apis.match(method);
      if (api != null
          && api.isCache()
          && api.takesLoader()
          && name.matches("computeIfAbsent|get")) {
        if (!contents.areLoadedBy(new Site(api, call, member))) {
          return false;
        }
        loaded = true;
      } else if (PUTS.contains(name)) {
        boolean puts =
            call.getArguments().size() == 2
                && name.startsWith("put")
                && (isMemo(call, use, touches, member)
                    || (CACHES.matcher(field.name).find() && isMemoOfCallers(call, use, touches)));
        if (!puts) {
          return false;
        }
        loaded = true;
      }
    }
    return loaded;
  }

  /** Given another map later on, which may have been filled with anything. */
  private boolean isReplaced(VarSymbol field) {
    for (FieldWrite write : sources.writes(field)) {
      Member member = sources.member(write.root(), field);
      if (!write.inConstructor() && member != null) {
        Term value = Terms.value(inputs.evaluate(write.value(), inputs.scope(member)));
        boolean isEmpty =
            value instanceof Term.Const
                || (value instanceof Term.New made && made.arguments().isEmpty());
        if (!isEmpty) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isBuiltToLoad(VarSymbol field) {
    for (FieldWrite write : sources.writes(field)) {
      Member member = sources.member(write.root(), field);
      if (member != null
          && Terms.value(inputs.evaluate(write.value(), inputs.scope(member)))
              instanceof Term.Call call
          && apis.is(call.method(), Trait.KEEPS_LOADER)
          && !call.arguments().isEmpty()
          && contents.areLoadedBy(call.arguments().get(0))) {
        return true;
      }
    }
    return false;
  }

  /** Looked for, loaded and put in one member. */
  private boolean isMemo(MethodInvocationTree put, Use putUse, List<Use> touches, Member member) {
    return touches.stream().anyMatch(use -> use.root() == putUse.root() && isLook(use.tree()))
        && contents.isLoaded(inputs.evaluate(put.getArguments().get(1), inputs.scope(member)));
  }

  /** A setter that puts what it is given, called where the getter is asked first. */
  private boolean isMemoOfCallers(MethodInvocationTree put, Use use, List<Use> touches) {
    MethodSymbol setter = use.root() instanceof MethodTree tree ? Symbols.method(tree) : null;
    if (setter == null || !isParameter(put.getArguments().get(1), (MethodTree) use.root())) {
      return false;
    }
    Set<Symbol> putters = new HashSet<>(reach.callers(setter));
    return !putters.isEmpty()
        && getters(touches).stream()
            .anyMatch(getter -> reach.callers(getter).stream().anyMatch(putters::contains));
  }

  private static boolean returns(MethodTree method, Tree look) {
    return Sources.results(method).stream().anyMatch(result -> Symbols.strip(result) == look);
  }

  private static boolean isParameter(ExpressionTree value, MethodTree method) {
    return method.getParameters().stream()
        .anyMatch(p -> Symbols.variable(p) == Symbols.variable(Symbols.strip(value)));
  }

  private static boolean isLook(Tree tree) {
    MethodSymbol method = tree instanceof MethodInvocationTree ? Symbols.method(tree) : null;
    return method != null
        && (LOOKS.contains(method.name.toString()) || method.name.contentEquals("containsKey"));
  }

  /** The methods that hand out what a field's cache holds as they find it. */
  Set<MethodSymbol> getters(VarSymbol field) {
    return getters(sources.touches(field));
  }

  private static Set<MethodSymbol> getters(List<Use> touches) {
    Set<MethodSymbol> getters = new HashSet<>();
    for (Use use : touches) {
      MethodSymbol getter =
          use.root() instanceof MethodTree tree && isLook(use.tree()) && returns(tree, use.tree())
              ? Symbols.method(tree)
              : null;
      if (getter != null) {
        getters.add(getter);
      }
    }
    return getters;
  }
}
