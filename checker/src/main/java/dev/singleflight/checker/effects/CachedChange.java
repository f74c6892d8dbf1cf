package dev.singleflight.checker.effects;

import com.sun.source.tree.ExpressionTree;
import java.util.List;

/**
 * A change of what a cache or map gave, which it goes on to give to others.
 *
 * @param change where it is made
 * @param source how a message names what gave the object
 * @param way the methods that it came through, the outermost first; empty where it is made by the
 *     reader itself
 * @param evidence why the object is one that others are given, and not the reader's to change
 * @param isSure whether the one that changes it reads for somebody, and keeps no state in it
 */
public record CachedChange(
    Mutation change, String source, List<String> way, String evidence, boolean isSure) {

  /** What is reported. */
  public ExpressionTree at() {
    return change.at();
  }
}
