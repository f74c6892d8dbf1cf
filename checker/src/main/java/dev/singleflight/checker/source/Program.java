package dev.singleflight.checker.source;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one javac call as a whole: all members, and who calls a method. For what a file
 * alone cannot tell, such as what other classes do with a cache. Files that can have nothing to do
 * with that are left out.
 *
 * <p>Every class is looked at once, when it is attributed and something is asked; under {@code
 * compilePolicy=byTodo} that may be after others have been checked, which then do without it.
 */
public final class Program {
  private static final Context.Key<Program> KEY = new Context.Key<>();

  private final Sources sources;
  private final Types types;
  private final Set<Member> members = new LinkedHashSet<>();
  private final List<ClassSymbol> classes = new ArrayList<>();
  private final ListMultimap<MethodSymbol, Call> callers = ArrayListMultimap.create();
  private List<ClassSymbol> open = new ArrayList<>();
  private @Nullable CompilationUnitTree seen;
  private boolean mayHaveMore;

  private Program(VisitorState state) {
    this.sources = Sources.of(state);
    this.types = state.getTypes();
    open.addAll(sources.classes());
  }

  /** The program as far as it is attributed where {@code state} stands. */
  public static Program of(VisitorState state) {
    Program program = state.context.get(KEY);
    if (program == null) {
      program = new Program(state);
      state.context.put(KEY, program);
    }
    CompilationUnitTree unit = state.getPath().getCompilationUnit();
    if (program.seen != unit) {
      program.seen = unit;
      program.mayHaveMore = true;
    }
    return program;
  }

  /** Only when something is asked: most files have nothing that others need be looked at for. */
  private void look() {
    if (!mayHaveMore) {
      return;
    }
    mayHaveMore = false;
    List<ClassSymbol> later = new ArrayList<>();
    for (ClassSymbol type : open) {
      ClassSymbol outermost = type.outermostClass();
      if (outermost == null
          || (outermost.flags_field & Flags.UNATTRIBUTED) != 0
          || !sources.matters(outermost)) {
        later.add(type);
        continue;
      }
      ClassTree tree = sources.classTree(type);
      if (tree != null) {
        classes.add(type);
        tree.getMembers().forEach(member -> look(member, type));
      }
    }
    open = later;
  }

  private void look(Tree declaration, ClassSymbol type) {
    Member member = declaration instanceof ClassTree ? null : sources.member(declaration, type);
    if (member == null || !members.add(member)) {
      return;
    }
    member.invocations().forEach(call -> add(call, member));
    member.references().forEach(reference -> add(reference, member));
  }

  private void add(ExpressionTree call, Member member) {
    MethodSymbol method = Symbols.method(call);
    if (method != null) {
      callers.put(method, new Call(call, member));
    }
  }

  /** All members with code. */
  public Set<Member> members() {
    look();
    return members;
  }

  /** All classes. */
  public List<ClassSymbol> classes() {
    look();
    return classes;
  }

  /** The calls and references of a method, and of those that it implements or overrides. */
  public List<Call> callers(MethodSymbol method) {
    look();
    List<Call> all = new ArrayList<>(callers.get(method));
    for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, types)) {
      all.addAll(callers.get(overridden));
    }
    return all;
  }

  /** The method that a member is; null for a field or an initialiser. */
  public static @Nullable MethodSymbol method(Member member) {
    Symbol symbol = Symbols.of(member.tree());
    return symbol instanceof MethodSymbol method ? method : null;
  }

  /** A call or method reference, and the member it stands in. */
  public record Call(ExpressionTree tree, Member member) {}
}
