package dev.singleflight.samples.tasks.task01;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.FullFlight;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;

/**
 * A hundred callers, one load; and a proof, not a guess at how long they take to arrive: the load
 * ends when the other 99 have joined it.
 */
@Command(name = "1", description = "A hundred callers, one load.")
public final class CoalescingProof implements Task {
  private static final int CALLERS = 100;

  private final FullFlight everybody = new FullFlight(CALLERS);
  private final AtomicInteger loads = new AtomicInteger();
  private final SingleflightGroup<String, String> group =
      SingleflightGroup.newBuilder().recordStats().listener(everybody).build();

  public static void main(String[] args) {
    System.exit(Programme.execute(new CoalescingProof(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    List<String> values = Crowd.call(CALLERS, () -> group.execute("greeting", this::load));
    stage.say("%d callers were given \"%s\"", values.size(), values.get(0));
    stage.say("the loader ran %d time(s)", loads.get());
    return List.of(new Row("one key, 100 callers", group.stats()));
  }

  private String load(String key) {
    loads.incrementAndGet();
    everybody.await();
    return key + " from the loader";
  }
}
