package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Spel;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Symbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys that annotations declare, as values made of the method's parameters. */
final class DeclaredKeys {
  private final Inputs inputs;

  DeclaredKeys(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The parts of the key of a method that an annotation caches. */
  ImmutableList<Term> parts(Declaration declaration, MethodTree tree) {
    MethodSymbol method = Symbols.method(tree);
    AnnotationTree at = tree.getModifiers().getAnnotations().get(0);
    if (method == null) {
      return ImmutableList.of();
    }
    Spel key = declaration.key();
    return key instanceof Spel.All all
        ? all.parts().stream()
            .map(part -> term(part, method, at))
            .collect(ImmutableList.toImmutableList())
        : ImmutableList.of(term(key, method, at));
  }

  private Term term(Spel key, MethodSymbol method, AnnotationTree at) {
    if (key instanceof Spel.Parameter parameter) {
      return new Var(method.params().get(parameter.index()));
    }
    if (key instanceof Spel.Constant constant) {
      return new Const(constant.text());
    }
    if (key instanceof Spel.Arguments) {
      return Terms.op(
          Kind.COMBINE,
          method.params().stream().<Term>map(Var::new).collect(ImmutableList.toImmutableList()),
          at);
    }
    if (key instanceof Spel.Property property) {
      Term target = term(property.target(), method, at);
      return read(target, property.name(), at);
    }
    ImmutableList<Term> children =
        key.children().stream()
            .map(child -> term(child, method, at))
            .collect(ImmutableList.toImmutableList());
    if (key instanceof Spel.Call call && !(call.target() instanceof Spel.Constant)) {
      MethodSymbol called = method(children.get(0), call.name(), call.arguments().size());
      if (called != null) {
        return inputs
            .calls()
            .call(called, children.get(0), children.subList(1, children.size()), at);
      }
    }
    boolean text = key instanceof Spel.Sum;
    return Terms.op(text ? Kind.CONCAT : Kind.COMBINE, children, at);
  }

  /** A property by its accessor or its field; of what has neither, such as a map, the whole. */
  private Term read(Term target, String name, AnnotationTree at) {
    String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (String accessor : new String[] {"get" + upper, "is" + upper, name}) {
      MethodSymbol found = method(target, accessor, 0);
      if (found != null) {
        return inputs.calls().call(found, target, ImmutableList.of(), at);
      }
    }
    VarSymbol field = member(target, name, VarSymbol.class, -1);
    return field == null ? target : Terms.field(target, field);
  }

  private @Nullable MethodSymbol method(Term target, String name, int arguments) {
    return member(target, name, MethodSymbol.class, arguments);
  }

  private <T extends Symbol> @Nullable T member(
      Term target, String name, Class<T> kind, int arguments) {
    Type type = Inputs.typeOf(target);
    if (type == null || type.isPrimitive()) {
      return null;
    }
    for (Type supertype : inputs.types().closure(type)) {
      for (Symbol member : supertype.tsym.members().getSymbols()) {
        if (member.name.contentEquals(name)
            && kind.isInstance(member)
            && !ASTHelpers.isStatic(member)
            && (arguments < 0 || ((MethodSymbol) member).params().size() == arguments)) {
          return kind.cast(member);
        }
      }
    }
    return null;
  }
}
