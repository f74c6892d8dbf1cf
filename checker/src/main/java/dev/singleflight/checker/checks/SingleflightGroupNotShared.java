package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import dev.singleflight.checker.context.Lifetimes;
import dev.singleflight.checker.context.Lifetimes.ShortLived;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags groups that live too short to coalesce: made for one call, one
 * request or one thread, or anew for each copy of their owner.
 *
 * <p>Calls share a load only if they meet in one group. Where each has its own, nothing fails:
 * everything is loaded as often as it is asked for, which the group was to prevent.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Keep a group where all its callers find the same one",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightGroupNotShared extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    for (ShortLived group : Lifetimes.of(state).in(unit)) {
      findings.add(finding(group));
    }
    return findings;
  }

  private static Finding finding(ShortLived group) {
    String why =
        switch (group.why()) {
          case PER_CALL -> "each call of '" + group.name() + "' makes one of its own";
          case PER_OBJECT ->
              "it belongs to a '" + group.name() + "', of which each call makes its own";
          case PER_REQUEST -> "'" + group.name() + "' is made anew for each request";
          case PER_THREAD -> "each thread has one of its own";
          case REPLACED -> "each call puts a new one into '" + group.name() + "' before it loads";
          case COPIED -> "each copy that '" + group.name() + "' makes has one of its own";
        };
    String wayOut =
        switch (group.why()) {
          case PER_CALL, PER_THREAD, REPLACED ->
              "Make it once, in a 'private final' field of an object that all callers share, or in"
                  + " a static one.";
          case PER_OBJECT ->
              "Make the object once and share it, or give it the group that its maker keeps in a"
                  + " field.";
          case PER_REQUEST ->
              "Keep the group in an object that lives as long as the application, and inject that;"
                  + " or make it static.";
          case COPIED -> "Give the copy the group of the original.";
        };
    return Finding.of(
        group.at(),
        "This group lives too short to coalesce anything: "
            + why
            + ". Calls share a load only if they meet in one group, so that each of these loads for"
            + " itself, as if there were none. "
            + wayOut);
  }
}
