package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether what is put into a cache or map was loaded or worked out, so that all who ask want the
 * same, or is an empty container, a counter, a lock, which is made to be filled and changed: a
 * multimap or a registry then, and no cache.
 */
public final class Contents {
  /** Makes an object that its users go on with, or one that nobody can change. */
  private static final Pattern MAKES =
      Pattern.compile(
          "(new|create|make|open|start|connect|register|acquire|empty|singleton|unmodifiable"
              + "|immutable|synchronized|spawn|instantiate|allocate)([A-Z]\\w*)?|of|copyOf|noneOf|allOf|build"
              + "|builder|newKeySet|getLogger|getInstance|instance|getBean|newInstance|toList");

  /** Gives what is there already, in this map or in another. */
  private static final Pattern LOOKS =
      Pattern.compile("java\\.util\\.[\\w.]*Map#(get|getOrDefault|remove|put|putIfAbsent|replace)");

  private static final Pattern CONTAINERS = Pattern.compile("java\\.util\\.\\w+");

  private static final int MAX_DEPTH = 20;

  private final Inputs inputs;

  public Contents(Inputs inputs) {
    this.inputs = inputs;
  }

  /** Whether a call puts what was loaded: by its loader, or as it is. */
  public boolean areLoadedBy(Site site) {
    ExpressionTree loader = site.loader();
    if (loader == null) {
      return false;
    }
    Term term = inputs.evaluate(loader, inputs.scope(site.member()));
    return site.api().has(Trait.VALUE) ? isLoaded(term, 0) : areLoadedBy(term);
  }

  /** Whether a function gives what it loads. */
  public boolean areLoadedBy(Term function) {
    List<Term> opaque = new ArrayList<>();
    for (Body body : inputs.bodies(function, ImmutableList.of(), opaque)) {
      for (ExpressionTree result : Sources.results(body.function())) {
        if (isLoaded(inputs.evaluate(result, body.scope()), 0)) {
          return true;
        }
      }
    }
    return opaque.stream().anyMatch(hidden -> hidden instanceof Call && isLoaded(hidden, 0));
  }

  /** Whether a value was loaded. */
  public boolean isLoaded(Term value) {
    return isLoaded(value, 0);
  }

  /** Whether a value was loaded: asked for, or filled with what was. */
  private boolean isLoaded(Term term, int depth) {
    Term value = Terms.value(term);
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof Call call) {
      return isLoad(call.method());
    }
    if (value instanceof New object) {
      return isContainer(object.type().type) && holdsLoaded(object.arguments(), depth);
    }
    if (!(value instanceof Op op) || op.operands().isEmpty()) {
      return false;
    }
    return switch (op.kind()) {
      case CHOICE -> op.operands().stream().anyMatch(o -> isLoaded(o, depth + 1));
      case COMBINE ->
          Terms.value(op.operands().get(0)) instanceof New object
              ? isContainer(object.type().type)
                  && holdsLoaded(op.operands().subList(1, op.operands().size()), depth)
              : holdsLoaded(op.operands(), depth);
      case ELEMENT, BOX -> isLoaded(op.operands().get(0), depth + 1);
      default -> false;
    };
  }

  private static boolean isLoad(MethodSymbol method) {
    return !method.isConstructor() && !MAKES.matcher(method.name).matches() && !isLook(method);
  }

  private static boolean isLook(MethodSymbol method) {
    return LOOKS.matcher(method.owner.getQualifiedName() + "#" + method.name).matches();
  }

  private boolean holdsLoaded(List<Term> parts, int depth) {
    return parts.stream().anyMatch(part -> comesFromLoad(part, depth + 1));
  }

  private boolean comesFromLoad(Term part, int depth) {
    Term value = Terms.value(part);
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof Call call && isLook(call.method())) {
      return false; // whatever the key was made of
    }
    return (value instanceof Call call && isLoad(call.method()) && !isPlain(call))
        || (value instanceof Op op && op.kind() == Kind.ELEMENT)
        || Terms.children(value).stream().anyMatch(child -> comesFromLoad(child, depth + 1));
  }

  /** An accessor of a value, or a method of the JDK's that works on what it is given. */
  private static boolean isPlain(Call call) {
    String owner = call.method().owner.getQualifiedName().toString();
    return call.arguments().isEmpty() || owner.startsWith("java.lang.");
  }

  private static boolean isContainer(Type type) {
    return CONTAINERS.matcher(Symbols.qualifiedName(type)).matches();
  }
}
