package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/** Where sharing starts: a coalesced load's result, or what is annotated {@code @Shared}. */
final class SharedOrigins {
  private final Apis apis;
  private final Inputs inputs;

  SharedOrigins(VisitorState state, Inputs inputs) {
    this.apis = Apis.of(state);
    this.inputs = inputs;
  }

  /** Whether a term's value is handed to every caller of a load as it is. */
  boolean isOrigin(Term term) {
    if (term instanceof Returned returned) {
      return Symbols.isMarked(returned.method(), "Shared");
    }
    if (term instanceof Field field) {
      return Symbols.isMarked(field.symbol(), "Shared");
    }
    if (term instanceof Var variable) {
      return Symbols.isMarked(variable.symbol(), "Shared");
    }
    if (!(term instanceof Call call)) {
      return false;
    }
    Api api = apis.match(call.method());
    return (api != null && api.isLoad() && !copies(call.receiver()))
        || Symbols.isMarked(call.method(), "Shared")
        || isSharedType(call.method());
  }

  /** Whether a method gives what its type says is shared, and not another one of that type. */
  private static boolean isSharedType(MethodSymbol method) {
    Type type = method.getReturnType();
    return !Sharing.makesAnother(method)
        && type != null
        && type.tsym != null
        && Symbols.isMarked(type.tsym, "Shared");
  }

  /** Whether a loader may be one that gives each caller a copy of its own. */
  private boolean copies(@Nullable Term loader) {
    Term value = loader == null ? null : inputs.origin(loader);
    if (value instanceof Field field) {
      return inputs.definitions(field).stream().map(Terms::value).anyMatch(this::isBuiltToCopy);
    }
    return value != null && isBuiltToCopy(value);
  }

  private boolean isBuiltToCopy(Term loader) {
    if (!(loader instanceof Call call)) {
      return false;
    }
    if (apis.is(call.method(), Trait.SELECTS)) {
      return copies(call.receiver());
    }
    if (!apis.is(call.method(), Trait.KEEPS_LOADER)) {
      return false;
    }
    Term builder = call.receiver();
    while (builder != null && Terms.value(builder) instanceof Call step) {
      if (step.method().name.contentEquals("copyOnReturn")) {
        return true;
      }
      if (step.receiver() == null) {
        return !step.method().name.contentEquals("newBuilder");
      }
      builder = step.receiver();
    }
    return true; // who else has set up the builder cannot be told
  }
}
