package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.inputs.Term;
import org.jspecify.annotations.Nullable;

/**
 * A coalesced load that some code makes and waits for.
 *
 * @param group the group it goes to; null where that is not an object of its own
 * @param at where the code does it, or the call by which it does
 * @param way the methods it goes through, the load itself last
 * @param guards conditions on the parameters under which it is reached
 */
public record Load(
    Api api,
    @Nullable Term group,
    Term key,
    Tree at,
    ImmutableList<String> way,
    ImmutableList<Guard> guards) {}
