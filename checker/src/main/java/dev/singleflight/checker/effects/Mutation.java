package dev.singleflight.checker.effects;

import com.sun.source.tree.Tree;
import dev.singleflight.checker.inputs.Term;

/**
 * A change of an object.
 *
 * @param at the code that makes it, or the call by which it does
 * @param object what is changed
 * @param words how a message names the change
 */
public record Mutation(Tree at, Term object, String words) {}
