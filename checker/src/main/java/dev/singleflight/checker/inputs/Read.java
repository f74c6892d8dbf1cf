package dev.singleflight.checker.inputs;

import com.sun.source.tree.Tree;

/**
 * One thing that a loader reads.
 *
 * @param term what is read
 * @param at where the loader's own code does it, if through a helper then the call of that
 */
public record Read(Term term, Tree at) {}
