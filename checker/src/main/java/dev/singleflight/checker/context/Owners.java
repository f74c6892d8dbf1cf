package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.context.Confinement.Called;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Creation;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects that hold a group in a field, and whether they live longer than a call. */
final class Owners {
  private static final int MAX_DEPTH = 2;
  private static final int MAX_OWN_CALLS = 4;

  private final Sources sources;
  private final Groups groups;
  private final Confinement confinement;
  private final Runs runs;

  Owners(VisitorState state, Groups groups, Confinement confinement, Runs runs) {
    this.sources = Sources.of(state);
    this.groups = groups;
    this.confinement = confinement;
    this.runs = runs;
  }

  /**
   * Whether every object of a class is made by a call, for its own use, and so is the group that
   * the object makes for its field.
   */
  boolean isPerCall(ClassSymbol type, VarSymbol field, ExpressionTree group, Member in) {
    return isOnlyFresh(field) && isPerCall(type, field, group, in, null);
  }

  /**
   * Whether every object that a constructor makes, with a group that it hands on to another one for
   * a field, is made by a call for its own use.
   */
  boolean isPerCall(VarSymbol field, ExpressionTree group, Member constructor) {
    MethodSymbol only = Symbols.method(constructor.tree());
    return only != null && isPerCall(constructor.type(), field, group, constructor, only);
  }

  private boolean isPerCall(
      ClassSymbol type,
      VarSymbol field,
      ExpressionTree group,
      Member in,
      @Nullable MethodSymbol only) {
    if (Scopes.isMadeByFramework(type)
        || Scopes.isInjected(type)
        || (type.flags() & (Flags.ABSTRACT | Flags.ENUM)) != 0) {
      return false;
    }
    List<Creation> creations = sources.creations(type);
    List<Called> loads = creations == null ? null : loads(type, field);
    if (creations == null || loads == null) {
      return false;
    }
    boolean any = false;
    for (Creation creation : creations) {
      Member member = sources.member(creation.root(), creation.in());
      boolean other = only != null && Symbols.method(creation.tree()) != only;
      if (other || isDelegation(creation)) {
        continue;
      }
      if (member == null || !(creation.tree() instanceof NewClassTree)) {
        return false; // a part of another object, or made by who knows whom
      }
      if (!Runs.isTest(member.type())) {
        if (!isUsedUp(creation.tree(), member, field, loads, group, in, 0)) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /**
   * Whether one object, and with it the group that it was given, is only for the call's own use.
   */
  boolean isConfined(
      NewClassTree creation, ClassSymbol type, VarSymbol field, ExpressionTree group, Member in) {
    List<Called> loads = loads(type, field);
    return loads != null
        && !isOneOfMany(creation, group, in)
        && isUsedUp(creation, in, field, loads, group, in, 0);
  }

  /**
   * Whether one object, and with it the group that it makes itself, is only for the call's own use,
   * which loads by it.
   */
  boolean isUsedUp(
      NewClassTree creation,
      ImmutableList<ClassSymbol> lineage,
      VarSymbol field,
      ExpressionTree group,
      Member in) {
    List<Called> loads = isOnlyFresh(field) ? loads(lineage, field) : null;
    List<Called> calls = loads == null ? null : confinement.calls(creation, in);
    return loads != null
        && calls != null
        && calls.stream().anyMatch(call -> loadsBy(call.method(), lineage, field, 0))
        && isUsedUp(creation, in, field, loads, group, in, 0);
  }

  /** Whether a method of an object loads through its group, itself or by another of its own. */
  private boolean loadsBy(
      MethodSymbol called, ImmutableList<ClassSymbol> lineage, VarSymbol field, int depth) {
    MethodSymbol method = sources.target(called);
    MethodTree tree = lineage.contains(method.owner) ? sources.method(method) : null;
    Member member = tree == null ? null : sources.member(tree, method);
    if (member == null || depth > MAX_OWN_CALLS) {
      return false;
    }
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol own = Symbols.method(call);
      boolean loads =
          groups.isLoadThrough(field, call)
              || (own != null && own != method && loadsBy(own, lineage, field, depth + 1));
      if (loads) {
        return true;
      }
    }
    return false;
  }

  /** Whether objects are made in a loop, or by a function, that share a group from around it. */
  private static boolean isOneOfMany(Tree creation, Tree group, Member in) {
    for (Tree at = in.parent(creation); at != null; at = in.parent(at)) {
      boolean many =
          at instanceof LambdaExpressionTree
              || at instanceof EnhancedForLoopTree
              || at instanceof ForLoopTree
              || at instanceof WhileLoopTree
              || at instanceof DoWhileLoopTree;
      if (many && !in.isInside(group, at)) {
        return true;
      }
    }
    return false;
  }

  /** {@code this(…)}: whoever calls the one constructor is a creation too. */
  private static boolean isDelegation(Creation creation) {
    return creation.tree() instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof IdentifierTree name
        && name.getName().contentEquals("this");
  }

  /** The field to which a constructor assigns what it is given at a position, and nothing else. */
  @Nullable VarSymbol fieldGiven(MethodSymbol constructor, int position) {
    MethodTree source = sources.method(constructor);
    Member member = source == null ? null : sources.member(source, constructor);
    if (member == null || position < 0 || position >= constructor.params().size()) {
      return null;
    }
    List<Uses.Use> uses = Uses.of(constructor.params().get(position), member);
    return uses.stream().filter(use -> use.kind() != Uses.Kind.SEEN).count() == 1
            && uses.stream().anyMatch(use -> use.kind() == Uses.Kind.FIELD)
        ? uses.stream()
            .filter(use -> use.kind() == Uses.Kind.FIELD)
            .map(Uses::field)
            .findFirst()
            .orElse(null)
        : null;
  }

  private boolean isOnlyFresh(VarSymbol field) {
    for (FieldWrite write : sources.writes(field)) {
      Member member = sources.member(write.root(), field);
      if (!write.inConstructor() || member == null || !groups.isFresh(write.value(), member)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUsedUp(
      Tree object,
      Member member,
      VarSymbol field,
      List<Called> loads,
      ExpressionTree group,
      Member in,
      int depth) {
    if (!runs.isPerCall(object, member)) {
      return false;
    }
    List<Called> calls = confinement.calls(object, member);
    if (calls == null) {
      return depth < MAX_DEPTH
          && isReturnedToBeUsedUp(object, member, field, loads, group, in, depth);
    }
    if (calls.isEmpty() || calls.stream().anyMatch(call -> isAccessor(call.method(), field))) {
      return false;
    }
    boolean again = calls.size() > 1 || calls.stream().anyMatch(Called::repeated);
    List<Called> all =
        loads.stream().map(l -> new Called(l.method(), l.repeated() || again, false)).toList();
    // one run that asks an object's cache again is served by it, however long that was meant to
    // last
    boolean asksAgain = again && groups.caches(all);
    return !asksAgain && groups.cannotCoalesce(all, group, in);
  }

  /** An object that a method returns to callers who use it up. */
  private boolean isReturnedToBeUsedUp(
      Tree object,
      Member member,
      VarSymbol field,
      List<Called> loads,
      ExpressionTree group,
      Member in,
      int depth) {
    MethodSymbol method = Symbols.method(member.tree());
    boolean onlyReturned =
        Uses.of(object, member).stream()
            .allMatch(use -> use.kind() == Uses.Kind.RETURNED && use.at() == member.tree());
    List<Creation> callers = method == null || !onlyReturned ? null : sources.callsOfMaker(method);
    if (callers == null) {
      return false;
    }
    for (Creation call : callers) {
      Member caller = sources.member(call.root(), call.in());
      if (caller == null
          || !(call.tree() instanceof MethodInvocationTree)
          || !isUsedUp(call.tree(), caller, field, loads, group, in, depth + 1)) {
        return false;
      }
    }
    return !callers.isEmpty();
  }

  /**
   * What a class does with the group in its field; null where it may give it away, or itself, or
   * use it from several threads.
   */
  private @Nullable List<Called> loads(ClassSymbol type, VarSymbol field) {
    boolean hidden = Symbols.isPrivate(field) || Symbols.isPrivate(type) || Symbols.isRecord(type);
    return hidden ? loads(ImmutableList.of(type), field) : null;
  }

  /** The same for what a class and those that it extends do with it. */
  private @Nullable List<Called> loads(ImmutableList<ClassSymbol> lineage, VarSymbol field) {
    List<Called> calls = new ArrayList<>();
    for (ClassSymbol type : lineage) {
      ClassTree tree = sources.classTree(type);
      if (tree == null || !addLoads(tree, type, lineage, field, calls)) {
        return null;
      }
    }
    return calls;
  }

  private boolean addLoads(
      ClassTree tree,
      ClassSymbol type,
      ImmutableList<ClassSymbol> lineage,
      VarSymbol field,
      List<Called> calls) {
    for (Tree declaration : tree.getMembers()) {
      Member member = sources.member(declaration, type);
      if (member != null && !isAccessor(Symbols.method(declaration), field)) {
        Scanner scanner = new Scanner(lineage, field, member);
        scanner.scan(declaration, null);
        if (scanner.gives) {
          return false;
        }
        for (Tree mention : scanner.mentions) {
          List<Called> here = confinement.callsOn(mention, member);
          if (here == null) {
            return false;
          }
          calls.addAll(here);
        }
      }
    }
    return true;
  }

  /** A record's accessor gives the group away only where it is called. */
  private static boolean isAccessor(@Nullable MethodSymbol method, VarSymbol field) {
    return method != null
        && Symbols.isRecord(method.owner)
        && method.name == field.name
        && method.params().isEmpty();
  }

  /** Finds where a member names the field, and whether it gives its object away. */
  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final ImmutableList<ClassSymbol> lineage;
    private final VarSymbol field;
    private final Member member;
    private final List<Tree> mentions = new ArrayList<>();
    private boolean gives;

    Scanner(ImmutableList<ClassSymbol> lineage, VarSymbol field, Member member) {
      this.lineage = lineage;
      this.field = field;
      this.member = member;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
      if (Symbols.variable(node) == field) {
        mention(node);
      }
      boolean self = node.getName().contentEquals("this");
      gives |= self && !isOnlyItsMember(node);
      return null;
    }

    private boolean isOnlyItsMember(IdentifierTree self) {
      Tree parent = member.parent(self);
      return parent instanceof MemberSelectTree
          || (parent instanceof MethodInvocationTree call && call.getMethodSelect() == self)
          || (parent instanceof MemberReferenceTree reference
              && (isOwnLoader(reference) || confinement.isRunInOrder(reference, member)));
    }

    /** Whether a function is what the group in the field loads by, and so is kept by it alone. */
    private boolean isOwnLoader(Tree function) {
      Tree build = member.parent(function);
      return build instanceof MethodInvocationTree call
          && groups.creates(Symbols.method(call))
          && Uses.of(call, member).stream()
              .allMatch(use -> use.kind() == Uses.Kind.FIELD && Uses.field(use) == field);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
      if (Symbols.variable(node) == field) {
        mention(node);
      }
      return super.visitMemberSelect(node, null);
    }

    private void mention(ExpressionTree node) {
      boolean assigned =
          member.parent(node) instanceof AssignmentTree assignment
              && assignment.getVariable() == node;
      if (!assigned) {
        mentions.add(node);
      }
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
      MethodSymbol method = Symbols.method(node);
      boolean own = method != null && lineage.contains(method.owner) && !method.isConstructor();
      // its own methods, called by another thread or later
      gives |= own && !confinement.isRunWith(node, member) && !isOwnLoader(member.function(node));
      return super.visitMethodInvocation(node, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
      return scan(node.getBody(), null);
    }
  }
}
