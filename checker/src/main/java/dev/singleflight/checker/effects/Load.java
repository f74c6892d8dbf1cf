package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.inputs.Term;
import org.jspecify.annotations.Nullable;

/**
 * A coalesced load that some code makes and waits for.
 *
 * @param group the group it goes to; null where that is not an object of its own
 * @param at where the code does it, or the call by which it does
 * @param way the methods it goes through, the load itself last
 * @param guards boolean parameters that must have these values for it to be reached
 */
public record Load(
    Api api,
    @Nullable Term group,
    Term key,
    Tree at,
    ImmutableList<String> way,
    ImmutableMap<VarSymbol, Boolean> guards) {}
