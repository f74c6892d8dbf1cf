package dev.singleflight.corpus;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.ClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.sun.source.tree.ClassTree;

/** A {@link BugChecker} that flags nothing, and fails over some classes. */
@BugPattern(summary = "A class.", severity = BugPattern.SeverityLevel.WARNING)
public final class Crashing extends BugChecker implements ClassTreeMatcher {

  private static final long serialVersionUID = 1L;

  @Override
  public Description matchClass(ClassTree tree, VisitorState state) {
    if (tree.getSimpleName().contentEquals("Cups")) {
      throw new IllegalStateException("over a cup");
    }
    return Description.NO_MATCH;
  }
}
