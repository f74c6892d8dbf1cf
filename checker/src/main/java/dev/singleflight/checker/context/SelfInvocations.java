package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Annotations;
import dev.singleflight.checker.api.CacheAnnotation;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a method by its own object that its cache annotation does not see: a proxy around the
 * object implements it, and such a call does not go through the proxy.
 */
public final class SelfInvocations {
  private static final Context.Key<SelfInvocations> KEY = new Context.Key<>();

  /** With these on it, a method manages the cache and means to go past it. */
  private static final Pattern MANAGES =
      Pattern.compile("Cache(able|Put|Evict|Result|Remove\\w*|Update|Invalidate)|Caching|Cached");

  private static final Pattern DELIBERATE =
      Pattern.compile(
          "(refresh|reload|warm|evict|preload|prefetch|prime|populate|rebuild|force|bypass|fresh)\\w*"
              + "|\\w*(Uncached|Fresh|Bypassing\\w*|NoCache|WithoutCache)");

  private final Types types;
  private final Program program;
  private boolean isUsed;

  private SelfInvocations(VisitorState state) {
    this.types = state.getTypes();
    this.program = Program.of(state);
  }

  public static SelfInvocations of(VisitorState state) {
    SelfInvocations invocations = state.context.get(KEY);
    if (invocations == null) {
      invocations = new SelfInvocations(state);
      state.context.put(KEY, invocations);
    }
    invocations.isUsed |= Annotations.proxied().anyMatch(name -> isKnown(name, state));
    return invocations;
  }

  /** What no file has named so far, javac has not looked for either. */
  private static boolean isKnown(String type, VisitorState state) {
    return state.getSymbolFromString(type) != null;
  }

  /** With AspectJ the method itself is changed, and every call sees its cache. */
  private static boolean weaves(ClassSymbol type) {
    Attribute.Compound enable = Symbols.annotation(type, "EnableCaching");
    return enable != null && enable.toString().contains("ASPECTJ");
  }

  /** A call, the method it calls, and the annotation it goes past. */
  public record Bypass(ExpressionTree call, MethodSymbol method, String annotation) {}

  /** The calls in a member that go past a cache. */
  public List<Bypass> in(Member member) {
    List<Bypass> found = new ArrayList<>();
    if (!isUsed || isDeliberate(member)) {
      return found;
    }
    for (MethodInvocationTree call : member.invocations()) {
      add(call, call.getMethodSelect(), member, found);
    }
    for (MemberReferenceTree reference : member.references()) {
      add(reference, reference, member, found);
    }
    return found.isEmpty() || isWoven() ? List.of() : found;
  }

  private boolean isWoven() {
    return program.classes().stream().anyMatch(SelfInvocations::weaves);
  }

  private void add(ExpressionTree call, ExpressionTree select, Member member, List<Bypass> found) {
    MethodSymbol method = Symbols.method(call);
    if (method == null || method.isStatic() || method.isConstructor() || !isOnThis(select)) {
      return;
    }
    String annotation = annotation(method);
    boolean same = member.type() == method.owner || member.type().isSubClass(method.owner, types);
    if (annotation != null && same && !isInOtherClass(call, member)) {
      found.add(new Bypass(call, method, annotation));
    }
  }

  private static boolean isOnThis(ExpressionTree select) {
    if (select instanceof IdentifierTree) {
      return true;
    }
    ExpressionTree receiver =
        select instanceof MemberSelectTree member
            ? member.getExpression()
            : select instanceof MemberReferenceTree reference
                ? reference.getQualifierExpression()
                : null;
    return receiver != null && receiver.toString().matches("(\\w+\\.)?this");
  }

  /** Code of an anonymous or local class has an object of its own, unless the method is ours. */
  private boolean isInOtherClass(Tree call, Member member) {
    MethodSymbol method = Symbols.method(call);
    for (Tree at = call; at != null; at = member.parent(at)) {
      if (at instanceof ClassTree type
          && Symbols.of(type) instanceof ClassSymbol symbol
          && method != null
          && symbol.isSubClass(method.owner, types)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String annotation(MethodSymbol method) {
    String own = annotationOf(method);
    return own != null ? own : Symbols.isPublic(method) ? annotationOf(method.owner) : null;
  }

  private static @Nullable String annotationOf(Symbol symbol) {
    CacheAnnotation caching = Annotations.caching(symbol);
    return caching != null && caching.isProxied() ? caching.simpleName() : null;
  }

  private static boolean isDeliberate(Member member) {
    MethodSymbol method = Program.method(member);
    if (method == null) {
      return false;
    }
    return DELIBERATE.matcher(method.name).matches()
        || method.getRawAttributes().stream()
            .anyMatch(a -> MANAGES.matcher(Symbols.simpleName(a.type)).matches());
  }
}
