package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.context.Confinement.Called;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import dev.singleflight.checker.source.Uses.Kind;
import dev.singleflight.checker.source.Uses.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long groups live: which of those that code makes no two callers will ever meet in. Where a
 * group goes somewhere that cannot be followed, it may live for ever.
 */
public final class Lifetimes {
  private static final Context.Key<Lifetimes> KEY = new Context.Key<>();

  private static final String RESETS =
      "(reset|clear|close|stop|start|reload|refresh|invalidate|evict|flush|init|configure|set|open"
          + "|shutdown|restart|rebuild|destroy|connect|on)([A-Z]\\w*)?";

  private final Inputs inputs;
  private final Sources sources;
  private final Groups groups;
  private final Confinement confinement;
  private final Runs runs;
  private final Owners owners;
  private final Copies copies;
  private final WastedObjects wasted;

  private Lifetimes(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.sources = Sources.of(state);
    this.groups = new Groups(state);
    this.confinement = new Confinement(state);
    this.runs = new Runs(sources, confinement);
    this.owners = new Owners(state, groups, confinement, runs);
    this.copies = new Copies(state, groups, runs);
    this.wasted = new WastedObjects(state, groups, runs, owners);
  }

  public static Lifetimes of(VisitorState state) {
    Lifetimes lifetimes = state.context.get(KEY);
    if (lifetimes == null) {
      lifetimes = new Lifetimes(state);
      state.context.put(KEY, lifetimes);
    }
    return lifetimes;
  }

  /** Why a group is one that callers do not share. */
  public enum Why {
    /** Each call makes its own. */
    PER_CALL,
    /** It belongs to an object, and each call makes its own of that. */
    PER_OBJECT,
    /** A framework makes its owner for each request. */
    PER_REQUEST,
    /** Each thread has its own. */
    PER_THREAD,
    /** Each call puts a new one in the place of the last. */
    REPLACED,
    /** A copy of its owner gets another. */
    COPIED
  }

  /**
   * A group that lives too short.
   *
   * @param at what makes it, or the copy of its owner
   * @param name the method, class or field that {@code why} is about
   */
  public record ShortLived(Tree at, Why why, String name, Member member) {}

  /** The groups made in a file that callers do not share. */
  public List<ShortLived> in(Unit unit) {
    List<ShortLived> found = new ArrayList<>();
    for (Member member : unit.members()) {
      for (MethodInvocationTree call : member.invocations()) {
        ShortLived fault =
            groups.isGroup(Symbols.typeOf(call)) && groups.isFresh(call, member)
                ? of(call, member)
                : initial(call, member);
        if (fault != null) {
          found.add(fault);
        }
      }
      for (NewClassTree creation : member.creations()) {
        if (copies.isCopyWithOwnGroup(creation, member, unit)) {
          found.add(new ShortLived(creation, Why.COPIED, name(member), member));
        } else if (wasted.is(creation, member)) {
          String type = Symbols.simpleName(Symbols.typeOf(creation));
          found.add(new ShortLived(creation, Why.PER_OBJECT, type, member));
        }
      }
    }
    return found;
  }

  private @Nullable ShortLived of(MethodInvocationTree call, Member member) {
    for (Use use : Uses.of(call, member)) {
      if (use.kind() == Kind.FIELD) {
        return inField(call, use, member);
      }
      if (use.kind() == Kind.RETURNED) {
        return returned(call, use.at(), member);
      }
      if (use.kind() == Kind.ARGUMENT) {
        if (isThreadLocal(use.at(), "set")) {
          return new ShortLived(call, Why.PER_THREAD, "", member);
        }
        if (use.at() instanceof NewClassTree creation) {
          return inObject(call, creation, member);
        }
        MethodSymbol other = Symbols.method(use.at());
        if (use.at() instanceof MethodInvocationTree delegation
            && other != null
            && other.isConstructor()) {
          return inThis(call, delegation, use.value(), other, member);
        }
      }
    }
    boolean perCall = runs.isPerCall(call, member) && !groups.isAlternative(call, member);
    List<Called> calls = perCall ? confinement.calls(call, member) : null;
    return calls != null && groups.cannotCoalesce(calls, call, member)
        ? new ShortLived(call, Why.PER_CALL, name(member), member)
        : null;
  }

  /** A group that a constructor hands to another one: {@code this(…, create())}. */
  private @Nullable ShortLived inThis(
      MethodInvocationTree call,
      MethodInvocationTree delegation,
      Tree argument,
      MethodSymbol other,
      Member member) {
    String name = member.type().name.toString();
    if (isOwnCopy(member)) {
      return new ShortLived(call, Why.COPIED, name, member);
    }
    VarSymbol field = owners.fieldGiven(other, delegation.getArguments().indexOf(argument));
    if (field == null || field.owner != member.type()) {
      return null;
    }
    if (Scopes.isPerRequest(member.type(), sources)) {
      return new ShortLived(call, Why.PER_REQUEST, name, member);
    }
    return owners.isPerCall(field, call, member)
        ? new ShortLived(call, Why.PER_OBJECT, name, member)
        : null;
  }

  private @Nullable ShortLived inField(MethodInvocationTree call, Use use, Member member) {
    VarSymbol field = Uses.field(use);
    if (field == null
        || !(use.value() instanceof ExpressionTree value)
        || !groups.isFresh(value, member)) {
      return null;
    }
    MethodSymbol method = Symbols.method(member.tree());
    if (member.function(call) != member.tree()) {
      return null;
    }
    if (method != null && !method.isConstructor()) {
      return replaces(use, field, method, member)
          ? new ShortLived(call, Why.REPLACED, field.name.toString(), member)
          : null;
    }
    ClassSymbol owner = Symbols.enclosingClass(field);
    String name = owner.name.toString();
    if (field.isStatic()) {
      return null;
    }
    if (Scopes.isPerRequest(owner, sources)) {
      return new ShortLived(call, Why.PER_REQUEST, name, member);
    }
    if (isOwnCopy(member)) {
      return new ShortLived(call, Why.COPIED, name, member);
    }
    return owners.isPerCall(owner, field, call, member)
        ? new ShortLived(call, Why.PER_OBJECT, name, member)
        : null;
  }

  /** A constructor that copies from another object of its class. */
  private static boolean isOwnCopy(Member member) {
    MethodSymbol method = Symbols.method(member.tree());
    return method != null
        && method.isConstructor()
        && method.params().size() == 1
        && method.params().get(0).type.tsym == member.type()
        && !member.mentions(method.params().get(0)).isEmpty();
  }

  /** Whether a method puts a new group into a field, and then loads through it. */
  private boolean replaces(Use use, VarSymbol field, MethodSymbol method, Member member) {
    return !method.name.toString().matches(RESETS)
        && runs.isPerCall(use.at(), member)
        && groups.loadsThrough(field, use.at(), member);
  }

  private @Nullable ShortLived returned(MethodInvocationTree call, Tree function, Member member) {
    if (function instanceof LambdaExpressionTree
        && member.parent(function) instanceof MethodInvocationTree taking
        && isThreadLocal(taking, "withInitial")) {
      return new ShortLived(call, Why.PER_THREAD, "", member);
    }
    MethodSymbol method = function instanceof MethodTree ? Symbols.method(function) : null;
    if (method == null) {
      return null;
    }
    if (method.name.contentEquals("initialValue")
        && Symbols.qualifiedName(Symbols.enclosingClass(method).getSuperclass())
            .equals("java.lang.ThreadLocal")) {
      return new ShortLived(call, Why.PER_THREAD, "", member);
    }
    boolean made =
        Symbols.hasAnnotation(method, "Bean") || Symbols.hasAnnotation(method, "Produces");
    return made && Scopes.isRequestScoped(method)
        ? new ShortLived(call, Why.PER_REQUEST, method.name.toString(), member)
        : null;
  }

  /** {@code ThreadLocal.withInitial(SingleflightGroup::create)}. */
  private @Nullable ShortLived initial(MethodInvocationTree call, Member member) {
    boolean creates =
        isThreadLocal(call, "withInitial")
            && call.getArguments().get(0) instanceof MemberReferenceTree reference
            && groups.creates(Symbols.method(reference));
    return creates ? new ShortLived(call.getArguments().get(0), Why.PER_THREAD, "", member) : null;
  }

  private static boolean isThreadLocal(Tree call, String name) {
    MethodSymbol method = Symbols.method(call);
    return call instanceof MethodInvocationTree
        && method != null
        && method.name.contentEquals(name)
        && method.owner.getQualifiedName().contentEquals("java.lang.ThreadLocal");
  }

  /** A group that an object is given where it is made. */
  private @Nullable ShortLived inObject(
      MethodInvocationTree call, NewClassTree creation, Member member) {
    if (!(Terms.value(inputs.evaluate(creation, inputs.scope(member))) instanceof Term.New object)
        || !runs.isPerCall(creation, member)) {
      return null;
    }
    for (VarSymbol field : ImmutableSet.copyOf(object.fields().keySet())) {
      Term given = object.fields().get(field);
      boolean fresh =
          given != null
              && Terms.value(given) instanceof Term.Call made
              && groups.isGroup(field.type)
              && groups.creates(made.method());
      if (fresh && owners.isConfined(creation, object.type(), field, call, member)) {
        return new ShortLived(call, Why.PER_OBJECT, object.type().name.toString(), member);
      }
    }
    return null;
  }

  private static String name(Member member) {
    MethodSymbol method = Symbols.method(member.tree());
    VarSymbol field = Symbols.variable(member.tree());
    return method != null
        ? method.name.toString()
        : field == null ? member.type().name.toString() : field.name.toString();
  }
}
