package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What code changes: fields and elements, collections, beans, what it hands to helpers that do. */
public final class Mutations {
  private static final int MAX_DEPTH = 6;

  /** Of how many objects a summary tells that a method changes them. */
  private static final int MAX_CHANGES = 20;

  private static final Term UNKNOWN = new Term.Op(Term.Kind.UNKNOWN, ImmutableList.of(), null);

  private final Inputs inputs;
  private final Sources sources;
  private final Mutators mutators;
  private final Sharing sharing;
  private final IdentityHashMap<Member, ImmutableList<Mutation>> known = new IdentityHashMap<>();

  /** What a method changes, in terms of its parameters and of the object it is called on. */
  private final Map<MethodSymbol, ImmutableSet<Term>> changed = new HashMap<>();

  private final Set<MethodSymbol> underWay = new HashSet<>();
  private final Set<Member> walking = new HashSet<>();

  Mutations(VisitorState state, Inputs inputs) {
    this.inputs = inputs;
    this.sources = Sources.of(state);
    this.mutators = new Mutators(state);
    this.sharing = new Sharing(state, inputs);
  }

  /** Which objects every caller of a load holds. */
  public Sharing sharing() {
    return sharing;
  }

  /** The changes that a member's code makes to objects, its own among them. */
  public ImmutableList<Mutation> in(Member member) {
    ImmutableList<Mutation> found = known.get(member);
    if (found != null) {
      return found;
    }
    if (!walking.add(member)) {
      return ImmutableList.of();
    }
    int outer = underWay.size();
    found = find(member, change -> true);
    walking.remove(member);
    if (outer <= 1) {
      known.put(member, found); // deeper in, a recursion may have hidden a part
    }
    return found;
  }

  /** Those of the changes that stand in code of which somebody wants to know. */
  ImmutableList<Mutation> in(Member member, Predicate<ExpressionTree> wanted) {
    ImmutableList<Mutation> found = known.get(member);
    if (found != null) {
      return found;
    }
    if (!walking.add(member)) {
      return ImmutableList.of();
    }
    found = find(member, wanted);
    walking.remove(member);
    return found;
  }

  private ImmutableList<Mutation> find(Member member, Predicate<ExpressionTree> wanted) {
    List<Mutation> mutations = new ArrayList<>();
    Scope scope = inputs.scope(member);
    for (ExpressionTree assignment : member.assignments()) {
      ExpressionTree target = Mutation.target(assignment);
      if (target != null && wanted.test(target)) {
        assigned(assignment, target, scope, mutations);
      }
    }
    for (MethodInvocationTree call : member.invocations()) {
      if (wanted.test(call)) {
        of(call, scope, mutations);
      }
    }
    return ImmutableList.copyOf(mutations);
  }

  private void assigned(
      ExpressionTree assignment, ExpressionTree target, Scope scope, List<Mutation> mutations) {
    if (target instanceof ArrayAccessTree element) {
      add(assignment, element.getExpression(), scope, mutations);
      return;
    }
    VarSymbol field = Symbols.variable(target);
    if (field == null || !Symbols.isField(field) || field.isStatic()) {
      return;
    }
    if (target instanceof MemberSelectTree select) {
      add(assignment, select.getExpression(), scope, mutations);
    } else if (target instanceof IdentifierTree
        && (field.flags() & Flags.VOLATILE) == 0
        && Terms.value(inputs.evaluate(target, scope)) instanceof Term.Field own
        && own.receiver() != null) {
      mutations.add(new Mutation(assignment, own.receiver()));
    }
  }

  private void add(
      ExpressionTree at, ExpressionTree changed, Scope scope, List<Mutation> mutations) {
    if (!mutators.isSafe(Symbols.typeOf(changed))) {
      add(at, inputs.evaluate(changed, scope), mutations);
    }
  }

  private void add(ExpressionTree at, Term object, List<Mutation> mutations) {
    Term value = Terms.value(object);
    boolean safe =
        value instanceof Term.Field field
            ? mutators.isSafe(field.symbol().type) || isSynchronized(field)
            : value instanceof Term.New made && mutators.isSafe(made.type().type);
    if (!safe) {
      mutations.add(new Mutation(at, object));
    }
  }

  /** {@code Collections.synchronizedList(…)}. */
  private boolean isSynchronized(Term.Field field) {
    Term definition = inputs.definition(field);
    return definition != null
        && Terms.value(definition) instanceof Term.Call call
        && call.method().name.toString().matches("synchronized\\w+|newConcurrent\\w+|newKeySet");
  }

  private void of(MethodInvocationTree call, Scope scope, List<Mutation> mutations) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return;
    }
    for (ExpressionTree argument : call.getArguments()) {
      if (Symbols.strip(argument) instanceof MemberReferenceTree reference) {
        of(reference, call, scope, mutations);
      }
    }
    ExpressionTree receiver = Symbols.receiver(call);
    int argument = Mutators.changedArgument(method);
    if (argument >= 0) {
      if (argument < call.getArguments().size()) {
        add(call, call.getArguments().get(argument), scope, mutations);
      }
      return;
    }
    if (receiver != null && isMutator(method, Symbols.typeOf(receiver))) {
      add(call, receiver, scope, mutations);
      return;
    }
    Term function =
        receiver != null && method.owner.isInterface() ? inputs.function(call, scope) : null;
    if (function != null) {
      applied(function, call, scope, mutations);
      return;
    }
    ImmutableSet<Term> changes = changedBy(inputs.target(call, scope));
    if (!changes.isEmpty()) {
      ImmutableList<Term> arguments = inputs.evaluateAll(call.getArguments(), scope);
      Term self = inputs.receiver(call, scope);
      addAll(changes, inputs.target(call, scope), arguments, self, call, mutations);
    }
  }

  /** What a method changes of what it is given. */
  private void addAll(
      ImmutableSet<Term> changes,
      MethodSymbol method,
      ImmutableList<Term> arguments,
      @Nullable Term self,
      ExpressionTree at,
      List<Mutation> mutations) {
    for (Term changed : changes) {
      Term object = inputs.inCall(changed, method, arguments, self);
      if (!mutators.isSafe(Inputs.typeOf(object)) && !mutators.isSafe(Inputs.typeOf(changed))) {
        add(at, object, mutations);
      }
    }
  }

  /** A call of a function that a variable holds: a method reference, a lambda in a field. */
  private void applied(
      Term function, MethodInvocationTree call, Scope scope, List<Mutation> mutations) {
    if (!(Terms.value(function) instanceof Term.Code code)) {
      return;
    }
    ImmutableList<Term> arguments = inputs.evaluateAll(call.getArguments(), scope);
    if (code.tree() instanceof MemberReferenceTree reference) {
      referred(reference, arguments, code.scope(), call, mutations);
      return;
    }
    Member member = code.scope().member();
    if (code.tree() instanceof LambdaExpressionTree lambda
        && member != null
        && member.tree() instanceof VariableTree) {
      // one in a local variable is told by what its own code changes
      for (Mutation mutation : in(member)) {
        if (member.isInside(mutation.at(), lambda)) {
          add(call, inputs.inCall(mutation.object(), lambda, arguments), mutations);
        }
      }
    }
  }

  /** A method reference that is given what {@code call} is made on, or its elements. */
  private void of(
      MemberReferenceTree reference,
      MethodInvocationTree call,
      Scope scope,
      List<Mutation> mutations) {
    MethodSymbol method = Symbols.method(reference);
    if (method == null || method.isConstructor()) {
      return;
    }
    ImmutableList.Builder<Term> given = ImmutableList.builder();
    for (int i = 0; i <= method.params().size(); i++) {
      Term known = inputs.given(call, i, reference, scope);
      given.add(known == null ? UNKNOWN : known);
    }
    referred(reference, given.build(), scope, reference, mutations);
  }

  /** What the method that {@code reference} names changes, called with what it is given. */
  private void referred(
      MemberReferenceTree reference,
      ImmutableList<Term> given,
      Scope scope,
      ExpressionTree at,
      List<Mutation> mutations) {
    MethodSymbol method = Symbols.method(reference);
    ExpressionTree qualifier = reference.getQualifierExpression();
    if (method == null) {
      return;
    }
    JCMemberReference.ReferenceKind kind = ((JCMemberReference) reference).kind;
    boolean unbound = kind == JCMemberReference.ReferenceKind.UNBOUND;
    boolean bound = kind == JCMemberReference.ReferenceKind.BOUND;
    Term self =
        bound
            ? inputs.evaluate(qualifier, scope)
            : unbound && !given.isEmpty() ? given.get(0) : null;
    if (isMutator(method, Symbols.typeOf(qualifier))) {
      if (self != null && !mutators.isSafe(Symbols.typeOf(qualifier))) {
        add(at, self, mutations);
      }
      return;
    }
    MethodSymbol target = sources.target(method);
    ImmutableList<Term> arguments = unbound ? given.subList(1, given.size()) : given;
    addAll(changedBy(target), target, arguments, self, at, mutations);
  }

  private boolean isMutator(MethodSymbol method, @Nullable Type receiver) {
    return receiver != null
        && sources.method(method) == null
        && mutators.changesReceiver(method, receiver);
  }

  /** What a method with source changes of its parameters, or of its own object. */
  private ImmutableSet<Term> changedBy(MethodSymbol method) {
    ImmutableSet<Term> summary = changed.get(method);
    if (summary != null) {
      return summary;
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
      Set<Term> objects = new LinkedHashSet<>();
      boolean mayChangeItself = mayChangeItself(method);
      for (Mutation mutation : in(member)) {
        if (objects.size() >= MAX_CHANGES || !member.isInside(mutation.at(), tree)) {
          continue;
        }
        boolean own =
            mayChangeItself && !isRemembered(mutation.at(), member) && isOwn(mutation, method);
        if (own || method.params().stream().anyMatch(p -> isReached(mutation, p))) {
          objects.add(mutation.object());
        }
      }
      ImmutableSet<Term> all = ImmutableSet.copyOf(objects);
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

  private boolean isOwn(Mutation mutation, MethodSymbol method) {
    return sharing.level(
            mutation.object(),
            term ->
                term instanceof Term.Self self
                    && mutators.isSubclass(Symbols.enclosingClass(method), self.type()))
        == Sharing.Level.SELF;
  }

  /** What is named as if it only read may remember something, but changes nothing for others. */
  private static boolean mayChangeItself(MethodSymbol method) {
    return !method.isConstructor()
        && !method.isStatic()
        && !method.name.toString().matches("(get|is|has)[A-Z].*|hashCode|toString|equals|size");
  }

  /** {@code if (hash == 0) hash = …}: computed on demand, or guarded by a lock of its own. */
  private static boolean isRemembered(Tree change, Member member) {
    for (Tree at = member.parent(change); at != null; at = member.parent(at)) {
      if (at instanceof IfTree || at instanceof SynchronizedTree) {
        return true;
      }
      if (at instanceof MethodTree) {
        return false;
      }
    }
    return false;
  }
}
