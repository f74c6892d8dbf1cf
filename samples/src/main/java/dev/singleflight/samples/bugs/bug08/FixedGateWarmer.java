package dev.singleflight.samples.bugs.bug08;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches the plans of an airport's gates before the day's first passenger asks for them.
 *
 * <p>The loader is given its key and loads by that: it has no other way to know which gate it is
 * for, and none is needed.
 */
public final class FixedGateWarmer {
  private final SingleflightGroup<String, String> plans = SingleflightGroup.create();
  private final PlanArchive archive;

  public FixedGateWarmer(PlanArchive archive) {
    this.archive = archive;
  }

  public List<CompletableFuture<String>> warm(List<String> gates) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (String gate : gates) {
      all.add(plans.executeAsync(gate, archive::plan));
    }
    return all;
  }

  /** Where the plans are drawn, slowly. */
  public interface PlanArchive {
    String plan(String gate);
  }
}
