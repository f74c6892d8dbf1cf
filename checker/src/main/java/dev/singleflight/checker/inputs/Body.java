package dev.singleflight.checker.inputs;

import com.sun.source.tree.Tree;

/**
 * Code that a functional value runs when it is called.
 *
 * @param function a lambda or a method, or an expression that stands for one
 * @param scope what its parameters, and the variables around it, are known to be
 */
public record Body(Tree function, Scope scope) {}
