package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Type;

/**
 * A place where the value of a coalesced load has to be of a type.
 *
 * @param at the cast, or the call that makes it: for its caller, or of what it is given
 * @param type what it has to be
 * @param loads the loads whose value it may be
 */
public record Cast(ExpressionTree at, Type type, ImmutableList<LoadedValue> loads) {}
