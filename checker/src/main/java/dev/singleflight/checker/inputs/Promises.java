package dev.singleflight.checker.inputs;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one caller waits for, and whether somebody gives it a value. */
final class Promises {
  private static final Pattern TYPES =
      Pattern.compile(
          "\\w*Promise|CompletableFuture|SettableFuture|DeferredResult|AsyncResponse|AsyncCallback"
              + "|StreamObserver|MonoSink|SingleEmitter|CompletableEmitter");

  /** With a value: a failure that is only passed on may be told to everybody besides. */
  private static final Pattern COMPLETES =
      Pattern.compile(
          "complete|(set|try)(Success|Result)?|setFuture|resume|onNext|onCompleted|onSuccess|success");

  private Promises() {}

  /** Whether a variable may hold a promise, by its type. */
  static boolean mayBe(VarSymbol variable) {
    return TYPES.matcher(Symbols.simpleName(variable.type)).matches();
  }

  /** The parameter or local variable whose promise something that is read completes; or null. */
  static @Nullable Symbol completed(Atom atom) {
    if (!(atom.root() instanceof VarSymbol variable)
        || Symbols.isField(variable)
        || atom.path().size() != 1
        || !mayBe(variable)) {
      return null;
    }
    Step step = atom.path().get(0);
    return COMPLETES.matcher(step.symbol().name).matches() ? variable : null;
  }
}
