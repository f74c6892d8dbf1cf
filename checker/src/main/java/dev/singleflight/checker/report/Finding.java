package dev.singleflight.checker.report;

import com.google.errorprone.fixes.SuggestedFix;
import com.sun.source.tree.Tree;
import java.util.Optional;

/**
 * One fault, found.
 *
 * @param at where it stands, in the file that is being checked
 * @param message what is shared, leaks or hangs, through what, and what to do about it
 * @param fix an edit that mends it without changing anything else; empty where there is no such
 * @param evidence why it was believed, for whoever must judge it; empty where the message says all
 */
public record Finding(Tree at, String message, Optional<SuggestedFix> fix, String evidence) {

  public Finding(Tree at, String message, Optional<SuggestedFix> fix) {
    this(at, message, fix, "");
  }

  public static Finding of(Tree at, String message) {
    return new Finding(at, message, Optional.empty());
  }

  /** The same with the reason to believe it, which {@code Singleflight:Explain} shows. */
  public Finding because(String reason) {
    return new Finding(at, message, fix, reason);
  }
}
