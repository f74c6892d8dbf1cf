package dev.singleflight.checker.site;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.RemoteCalls;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * From where code may get to what asks another process, or waits for a future: the cheap question
 * before anybody follows its calls. As far as all that has been read shows who calls whom, and
 * rather too often than not.
 */
public final class RemoteReach {
  private static final Context.Key<RemoteReach> KEY = new Context.Key<>();

  private final Reach reach;
  private final RemoteCalls remote;
  private final Set<Symbol> asking = new HashSet<>();

  /** How many called methods that was told from. */
  private int toldFrom;

  private RemoteReach(VisitorState state) {
    this.reach = Reach.of(state);
    this.remote = RemoteCalls.of(state);
  }

  public static RemoteReach of(VisitorState state) {
    RemoteReach reach = state.context.get(KEY);
    if (reach == null) {
      reach = new RemoteReach(state);
      state.context.put(KEY, reach);
    }
    return reach;
  }

  /** Whether a method, field or class may ask or wait, itself or by what it calls. */
  public boolean mayAsk(Symbol member) {
    if (toldFrom < reach.size()) {
      toldFrom = reach.size();
      asking.clear();
      spread();
    }
    return asking.contains(member);
  }

  private void spread() {
    Deque<Symbol> open = new ArrayDeque<>();
    for (MethodSymbol method : reach.called()) {
      RemoteCalls.Kind kind = remote.of(method);
      if (kind == RemoteCalls.Kind.REMOTE
          || (kind == RemoteCalls.Kind.WAIT && RemoteCalls.isResult(method))) {
        open.addAll(reach.callers(method));
      }
    }
    while (!open.isEmpty()) {
      Symbol next = open.remove();
      if (asking.add(next)) {
        addCallers(next, open);
      }
    }
  }

  private void addCallers(Symbol member, Deque<Symbol> open) {
    open.addAll(reach.callersOfAny(member));
    if (member instanceof ClassSymbol type) {
      // a function that a field is made with may be called by every method of its class
      type.members().getSymbols(MethodSymbol.class::isInstance).forEach(open::add);
    }
  }
}
