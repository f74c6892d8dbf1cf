package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term;
import org.jspecify.annotations.Nullable;

/**
 * Something that running code does which matters while a map or cache waits for it.
 *
 * @param method what is called
 * @param object what it is called on: the map that is updated, the future; null where it is static
 * @param key the first argument of an update; null where it has none
 * @param attached whether it is done in a callback of a future, at once only if that is done
 * @param future the parameter that the callback is attached to, if nothing was done with it before;
 *     null where it is none
 * @param at where the code that is run does it, or goes to what does
 * @param way the methods from there to what does it
 * @param guards the conditions on parameters under which the code comes to it
 */
public record Act(
    Kind kind,
    MethodSymbol method,
    @Nullable Term object,
    @Nullable Term key,
    boolean attached,
    @Nullable VarSymbol future,
    Tree at,
    ImmutableList<String> way,
    ImmutableList<Guard> guards) {

  /** What is done. */
  public enum Kind {
    /** A map or cache is changed, or loads. */
    UPDATE,
    /** The thread waits for another: a future, a latch, a queue, time. */
    WAIT,
    /** Another process is asked: over a network, in a database, in a directory. */
    REMOTE
  }
}
