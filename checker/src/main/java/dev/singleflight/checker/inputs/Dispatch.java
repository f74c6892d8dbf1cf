package dev.singleflight.checker.inputs;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/** Which code a call runs, by what its receiver is known to be. */
final class Dispatch {
  private final Inputs inputs;

  Dispatch(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The function that a call runs, as {@code loader.get()} does; null where none is shown. */
  @Nullable Term function(MethodInvocationTree call, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    Term receiver =
        method == null || (method.flags() & Flags.ABSTRACT) == 0
            ? null
            : inputs.receiver(call, scope);
    return method == null || receiver == null
        ? null
        : inputs.calls().applications().function(method, receiver);
  }

  /**
   * The method that a call runs, as far as the sources tell: by what the receiver is known to be.
   */
  MethodSymbol target(MethodInvocationTree call, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      throw new IllegalArgumentException("not attributed: " + call);
    }
    return (method.flags() & Flags.ABSTRACT) == 0
        ? inputs.sources().target(method)
        : target(method, inputs.receiver(call, scope));
  }

  /** The method that runs when {@code method} is called on an object. */
  MethodSymbol target(MethodSymbol method, @Nullable Term receiver) {
    if ((method.flags() & Flags.ABSTRACT) != 0 && receiver != null) {
      Term value = Terms.value(receiver);
      Term definition = value instanceof Field field ? inputs.definition(field) : null;
      if (Terms.value(definition == null ? value : definition) instanceof Term.New made) {
        MethodSymbol implementation = method.implementation(made.type(), inputs.types(), true);
        if (implementation != null && inputs.sources().method(implementation) != null) {
          return implementation;
        }
      }
    }
    return inputs.sources().target(method);
  }

  /** Whether a method is one that a type above its class leaves abstract. */
  boolean implementsAbstract(MethodSymbol method) {
    for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, inputs.types())) {
      if ((overridden.flags() & Flags.ABSTRACT) != 0) {
        return true;
      }
    }
    return false;
  }
}
