package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.inputs.ResultTypes.Result;
import dev.singleflight.checker.inputs.Term;
import org.jspecify.annotations.Nullable;

/**
 * A load, with the types that its value may have.
 *
 * @param group what coalesces it; null where that is no object
 * @param types empty where not all of them are known
 * @param at the call that makes it
 */
public record LoadedValue(@Nullable Term group, Term key, ImmutableList<Result> types, Tree at) {}
