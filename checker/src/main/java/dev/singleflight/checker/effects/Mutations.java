package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What code changes: fields and elements, collections, beans, what it hands to helpers that do. */
public final class Mutations {
  private static final int MAX_DEPTH = 16;

  private static final ImmutableSet<String> COLLECTION_MUTATORS =
      ImmutableSet.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "remove",
          "removeAll",
          "removeIf",
          "removeFirst",
          "removeLast",
          "retainAll",
          "replaceAll",
          "clear",
          "set",
          "sort",
          "put",
          "putAll",
          "putIfAbsent",
          "replace",
          "compute",
          "computeIfAbsent",
          "computeIfPresent",
          "merge",
          "push",
          "pop",
          "poll",
          "pollFirst",
          "pollLast",
          "offer",
          "setValue",
          "setTime",
          "setLength",
          "append",
          "insert",
          "deleteCharAt",
          "delete",
          "reverse",
          "setCharAt",
          "flip",
          "rewind",
          "limit",
          "position",
          "mark");

  private static final ImmutableSet<String> COLLECTIONS_STATIC =
      ImmutableSet.of(
          "sort", "reverse", "shuffle", "swap", "fill", "addAll", "rotate", "replaceAll");

  /** Made to be changed by many at once: they say so. */
  private static final Pattern CONCURRENT =
      Pattern.compile("java\\.util\\.concurrent\\..*|.*\\.(Cache|LoadingCache|AsyncCache)");

  private static final ImmutableSet<String> EXCEPTION_MUTATORS =
      ImmutableSet.of("addSuppressed", "initCause", "setStackTrace");

  private final Inputs inputs;
  private final Types types;
  private final Sources sources;
  private final Sharing sharing;

  /** Parameters that a method changes; the method itself stands for the object it is called on. */
  private final Map<MethodSymbol, ImmutableSet<Symbol>> changed = new HashMap<>();

  private final Set<MethodSymbol> underWay = new HashSet<>();

  Mutations(VisitorState state, Inputs inputs) {
    this.inputs = inputs;
    this.types = state.getTypes();
    this.sources = Sources.of(state);
    this.sharing = new Sharing(state);
  }

  /** Which objects every caller of a load holds. */
  public Sharing sharing() {
    return sharing;
  }

  /** The changes that a member's code makes to objects that are not its own. */
  public List<Mutation> in(Member member) {
    List<Mutation> mutations = new ArrayList<>();
    Scope scope = inputs.scope(member);
    for (ExpressionTree assignment : member.assignments()) {
      ExpressionTree holder = holder(target(assignment));
      if (holder != null) {
        mutations.add(
            new Mutation(assignment, inputs.evaluate(holder, scope), target(assignment) + " = …"));
      }
    }
    for (MethodInvocationTree call : member.invocations()) {
      of(call, scope, mutations);
    }
    return mutations;
  }

  private static ExpressionTree target(ExpressionTree assignment) {
    if (assignment instanceof AssignmentTree plain) {
      return Symbols.strip(plain.getVariable());
    }
    return assignment instanceof CompoundAssignmentTree compound
        ? Symbols.strip(compound.getVariable())
        : Symbols.strip(((UnaryTree) assignment).getExpression());
  }

  /** The object that has the field or element; null for a variable, or a field of this object. */
  private static @Nullable ExpressionTree holder(ExpressionTree target) {
    if (target instanceof ArrayAccessTree element) {
      return element.getExpression();
    }
    if (target instanceof MemberSelectTree field
        && !Symbols.isTypeOrPackage(field.getExpression())) {
      VarSymbol head = Symbols.variable(field.getExpression());
      return head != null && head.name.contentEquals("this") ? null : field.getExpression();
    }
    return null;
  }

  private void of(MethodInvocationTree call, Scope scope, List<Mutation> mutations) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return;
    }
    ExpressionTree receiver = Symbols.receiver(call);
    String words = Symbols.strip(call).toString().replaceAll("\\s+", " ");
    if (isStaticMutator(method) && !call.getArguments().isEmpty()) {
      mutations.add(new Mutation(call, inputs.evaluate(call.getArguments().get(0), scope), words));
      return;
    }
    if (receiver != null && !method.isStatic() && isMutator(method, receiver)) {
      mutations.add(new Mutation(call, inputs.evaluate(receiver, scope), words));
      return;
    }
    for (Symbol symbol : changedBy(method)) {
      int position = method.params().indexOf(symbol);
      if (position >= 0 && position < call.getArguments().size()) {
        mutations.add(
            new Mutation(call, inputs.evaluate(call.getArguments().get(position), scope), words));
      } else if (symbol == method && receiver != null) {
        mutations.add(new Mutation(call, inputs.evaluate(receiver, scope), words));
      }
    }
  }

  private static boolean isStaticMutator(MethodSymbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return method.isStatic()
        && (owner.equals("java.util.Collections") || owner.equals("java.util.Arrays"))
        && COLLECTIONS_STATIC.contains(method.name.toString());
  }

  private boolean isMutator(MethodSymbol method, ExpressionTree receiver) {
    Type type = Symbols.typeOf(receiver);
    String name = method.name.toString();
    String owner = method.owner.getQualifiedName().toString();
    if (type == null || sources.method(method) != null || isConcurrent(type)) {
      return false;
    }
    if (EXCEPTION_MUTATORS.contains(name) && owner.equals("java.lang.Throwable")) {
      return true;
    }
    if (owner.startsWith("java.util.")
        || owner.startsWith("java.lang.")
        || owner.startsWith("java.nio.")) {
      return COLLECTION_MUTATORS.contains(name)
          && !owner.startsWith("java.util.stream.")
          && !owner.equals("java.lang.String")
          && !owner.startsWith("java.util.Optional");
    }
    // a class without source: what sets, sets, if it returns nothing to say otherwise
    boolean void0 = method.getReturnType().hasTag(TypeTag.VOID);
    return void0
        && name.matches("(set|add|remove|put|clear|append)([A-Z]\\w*)?")
        && (!method.params().isEmpty() || name.startsWith("clear"))
        && (name.startsWith("set") || isCollection(type));
  }

  private boolean isConcurrent(Type type) {
    if (!type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      if (CONCURRENT.matcher(supertype.tsym.getQualifiedName()).matches()) {
        return true;
      }
    }
    return false;
  }

  private boolean isCollection(Type type) {
    if (!type.hasTag(TypeTag.CLASS)) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (name.equals("java.util.Collection") || name.equals("java.util.Map")) {
        return true;
      }
    }
    return false;
  }

  /** The parameters that a method with source changes, and itself if it changes its object. */
  private ImmutableSet<Symbol> changedBy(MethodSymbol method) {
    ImmutableSet<Symbol> known = changed.get(method);
    if (known != null) {
      return known;
    }
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (tree == null
        || member == null
        || (method.flags() & Flags.SYNCHRONIZED) != 0
        || underWay.size() >= MAX_DEPTH
        || !underWay.add(method)) {
      return ImmutableSet.of();
    }
    try {
      Set<Symbol> symbols = new HashSet<>();
      for (Mutation mutation : in(member)) {
        if (member.isInside(mutation.at(), tree)) {
          method.params().stream().filter(p -> isReached(mutation, p)).forEach(symbols::add);
        }
      }
      if (setsOwnField(method, tree, member)) {
        symbols.add(method);
      }
      ImmutableSet<Symbol> all = ImmutableSet.copyOf(symbols);
      changed.put(method, all);
      return all;
    } finally {
      underWay.remove(method);
    }
  }

  private boolean isReached(Mutation mutation, VarSymbol parameter) {
    return sharing.level(
            mutation.object(), term -> term instanceof Term.Var v && v.symbol() == parameter)
        == Sharing.Level.SELF;
  }

  /**
   * Whether a method changes its object for good; what it only remembers for itself is no change.
   */
  private boolean setsOwnField(MethodSymbol method, MethodTree tree, Member member) {
    if (method.isConstructor()
        || method.isStatic()
        || method.name.toString().matches("(get|is|has)[A-Z].*|hashCode|toString|equals|size")) {
      return false;
    }
    for (ExpressionTree assignment : member.assignments()) {
      VarSymbol field = Symbols.variable(target(assignment));
      if (field != null
          && Symbols.isField(field)
          && !field.isStatic()
          && holder(target(assignment)) == null
          && member.isInside(assignment, tree)
          && !isRemembered(assignment, member)
          && method.owner.isSubClass(field.owner, types)) {
        return true;
      }
    }
    for (MethodInvocationTree call : member.invocations()) {
      ExpressionTree receiver = Symbols.receiver(call);
      MethodSymbol callee = Symbols.method(call);
      if (receiver == null) {
        continue;
      }
      VarSymbol field = Symbols.variable(Symbols.strip(receiver));
      if (field != null
          && callee != null
          && Symbols.isField(field)
          && !field.isStatic()
          && member.isInside(call, tree)
          && isMutator(callee, receiver)
          && isCollection(field.type)) {
        return true;
      }
    }
    return false;
  }

  /** {@code if (hash == 0) hash = …}: computed on demand, the same for all. */
  private static boolean isRemembered(ExpressionTree assignment, Member member) {
    for (Tree at = member.parent(assignment); at != null; at = member.parent(at)) {
      if (at instanceof IfTree) {
        return true;
      }
      if (at instanceof MethodTree) {
        return false;
      }
    }
    return false;
  }
}
