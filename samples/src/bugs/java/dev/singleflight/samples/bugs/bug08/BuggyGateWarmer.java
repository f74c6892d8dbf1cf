package dev.singleflight.samples.bugs.bug08;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches the plans of an airport's gates before the day's first passenger asks for them.
 *
 * <p>A lambda may not capture a loop's variable that changes, so the gate was put into an array of
 * one element. Each load reads that when it runs, and by then the loop is at another gate: what is
 * fetched under "A1", and handed to whoever asks for it meanwhile, is the plan of "C9".
 */
public final class BuggyGateWarmer {
  private final SingleflightGroup<String, String> plans = SingleflightGroup.create();
  private final PlanArchive archive;

  public BuggyGateWarmer(PlanArchive archive) {
    this.archive = archive;
  }

  public List<CompletableFuture<String>> warm(List<String> gates) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    String[] gate = new String[1];
    for (int i = 0; i < gates.size(); i++) {
      gate[0] = gates.get(i);
      // flagged: SingleflightLoaderReadsMutableState
      all.add(plans.executeAsync(gate[0], () -> archive.plan(gate[0])));
    }
    return all;
  }

  /** Where the plans are drawn, slowly. */
  public interface PlanArchive {
    String plan(String gate);
  }
}
