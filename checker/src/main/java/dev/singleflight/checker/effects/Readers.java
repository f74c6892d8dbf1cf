package dev.singleflight.checker.effects;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether who changes what a cache gave is one who reads it for somebody, or one who means the
 * others to see the change: by what the method is called and returns, and what it does afterwards.
 */
final class Readers {
  private static final Pattern UPDATES =
      Pattern.compile(
          "(add|put|register|unregister|deregister|set|update|remove|delete|insert|append|merge"
              + "|increment|decrement|record|on|handle|apply|save|store|mark|touch|evict|invalidate"
              + "|refresh|sync|init|initialize|reset|clear|close|start|stop|process|move|swap|subscribe"
              + "|unsubscribe|bind|unbind|attach|detach|join|leave|enable|disable|change|modify|replace"
              + "|rename|commit|rollback|complete|fill|populate|visit|track|log|push|pop|offer|take)"
              + "([A-Z_]\\w*)?");

  private static final Pattern REORDERS =
      Pattern.compile("sort|parallelSort|reverse|shuffle|rotate|swap");

  private static final Pattern SETTERS = Pattern.compile("set([A-Z]\\w*)?");

  private static final Pattern SAVES =
      Pattern.compile("(save|update|persist|merge|put|store|write|set|replace|flush|insert)\\w*");

  private Readers() {}

  /**
   * Whether who changes it reads it for somebody, and does not keep it up to date.
   *
   * @param member who asked the cache
   * @param mutation what it does with what it got
   * @param last where that is changed in the end: in the member itself, or in a helper
   * @param change how
   */
  static boolean isReader(Member member, Mutation mutation, Member last, Mutation change) {
    if (!(member.tree() instanceof MethodTree method)) {
      return false;
    }
    String name = method.getName().toString();
    VarSymbol variable = root(mutation, member);
    if (variable != null && isSaved(variable, mutation, member)) {
      return false;
    }
    MethodSymbol changer = Symbols.method(change.at());
    if (changer != null && REORDERS.matcher(changer.name).matches()) {
      return true;
    }
    if (asksFirst(change, last) || asksFirst(mutation, member)) {
      return false;
    }
    boolean isAsked =
        method.getReturnType() != null && !method.getReturnType().toString().equals("void");
    return isAsked && !UPDATES.matcher(name).matches();
  }

  /**
   * Whether an object is made over for the one who asks: a setter of it is called, and the object
   * is returned, or its text is set to what is made of what it had.
   */
  static boolean tailors(Member member, Mutation mutation, Mutation change) {
    MethodSymbol setter = Symbols.method(change.at());
    boolean sets = setter == null || SETTERS.matcher(setter.name).matches();
    VarSymbol variable = sets ? root(mutation, member) : null;
    return variable != null
        && (isReturned(variable, member)
            || (mutation.at() == change.at() && isMadeOf(variable, change.at(), member)));
  }

  private static boolean isReturned(VarSymbol variable, Member member) {
    return member.tree() instanceof MethodTree method
        && Sources.results(method).stream()
            .anyMatch(result -> Symbols.variable(Symbols.strip(result)) == variable);
  }

  /** Text that is made of what there was; a number would be counted. */
  private static boolean isMadeOf(VarSymbol variable, ExpressionTree change, Member member) {
    List<? extends ExpressionTree> given =
        change instanceof MethodInvocationTree call
            ? call.getArguments()
            : change instanceof AssignmentTree assignment
                ? List.of(assignment.getExpression())
                : List.of();
    return given.stream()
        .anyMatch(
            value ->
                Symbols.qualifiedName(Symbols.typeOf(value)).equals("java.lang.String")
                    && isMentioned(variable, value, member));
  }

  /** The local variable that holds what is changed. */
  private static @Nullable VarSymbol root(Mutation mutation, Member member) {
    ExpressionTree at =
        mutation.at() instanceof MethodInvocationTree call
            ? Symbols.receiver(call)
            : Mutation.target(mutation.at());
    if (mutation.at() instanceof MethodInvocationTree call) {
      for (ExpressionTree argument : call.getArguments()) {
        if (Symbols.strip(argument) instanceof IdentifierTree name
            && Symbols.variable(name) != null
            && mutation.object() instanceof Term.Named named
            && named.symbol() == Symbols.variable(name)) {
          return named.symbol();
        }
      }
    }
    while (at != null) {
      if (at instanceof MemberSelectTree select) {
        at = Symbols.strip(select.getExpression());
      } else if (at instanceof MethodInvocationTree call) {
        at = Symbols.receiver(call);
      } else if (at instanceof ArrayAccessTree element) {
        at = Symbols.strip(element.getExpression());
      } else {
        VarSymbol variable = Symbols.variable(Symbols.strip(at));
        return variable != null && member.declaration(variable) != null ? variable : null;
      }
    }
    return null;
  }

  /** Written back, so that it is meant to be seen changed. */
  private static boolean isSaved(VarSymbol variable, Mutation mutation, Member member) {
    MethodSymbol own = Symbols.method(mutation.at());
    for (MethodInvocationTree call : member.handedTo(variable)) {
      MethodSymbol method = Symbols.method(call);
      if (method != null
          && method != own
          && SAVES.matcher(method.name).matches()
          && member.flow().mayFollow(mutation.at(), call)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@code if (user.getName() == null) user.setName(…)}, {@code if (map.get(key) == null)
   * map.put(key, …)}: completed when first asked for.
   */
  private static boolean asksFirst(Mutation mutation, Member member) {
    MethodSymbol method = Symbols.method(mutation.at());
    boolean sets = method == null || method.name.toString().matches("(set|put)([A-Z]\\w*)?");
    VarSymbol variable = sets ? root(mutation, member) : null;
    return variable != null
        && member.flow().conditions(mutation.at(), null).stream()
            .anyMatch(condition -> asks(condition, variable, member));
  }

  /** Whether a condition asks a variable, or what a variable was given that was asked before. */
  private static boolean asks(ExpressionTree condition, VarSymbol variable, Member member) {
    return isMentioned(variable, condition, member)
        || Conditions.variables(condition).stream()
            .flatMap(asked -> member.definitions(asked).stream())
            .anyMatch(definition -> isMentioned(variable, definition.value(), member));
  }

  private static boolean isMentioned(VarSymbol variable, Tree in, Member member) {
    return member.mentions(variable).stream().anyMatch(mention -> member.isInside(mention, in));
  }
}
