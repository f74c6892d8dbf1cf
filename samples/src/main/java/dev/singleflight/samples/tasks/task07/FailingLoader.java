package dev.singleflight.samples.tasks.task07;

import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.FullFlight;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;

/**
 * Ten callers each of three reports: one that fails, one that recurses for ever, and a sound one.
 */
@Command(name = "7", description = "A loader that fails, and ten callers who are told.")
public final class FailingLoader implements Task {
  private static final int CALLERS = 10;

  public static void main(String[] args) {
    System.exit(Programme.execute(new FailingLoader(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (long id : new long[] {13, 14, 15}) {
      FullFlight everybody = new FullFlight(CALLERS);
      Reports reports =
          new Reports(
              report -> {
                everybody.await();
                return render(report);
              },
              everybody);
      ask(stage, reports, id);
      rows.add(new Row("report " + id + ", 10 callers", reports.stats()));
    }
    return rows;
  }

  private static void ask(Stage stage, Reports reports, long id) throws InterruptedException {
    List<Future<String>> callers = Crowd.<String>start(CALLERS, number -> () -> reports.report(id));
    List<String> outcomes = new ArrayList<>();
    for (Future<String> caller : callers) {
      outcomes.add(outcome(caller));
    }
    stage.say(
        "report %d, loads: %d, %d callers, all told: %s",
        id,
        reports.stats().loads(),
        outcomes.size(),
        String.join(" | ", outcomes.stream().distinct().toList()));
  }

  private static String outcome(Future<String> caller) throws InterruptedException {
    try {
      return caller.get();
    } catch (ExecutionException e) {
      return Stage.brief(e.getCause());
    }
  }

  private static String render(long id) {
    if (id == 13) {
      throw new IllegalStateException("unlucky");
    }
    return id == 14 ? "see " + render(id) : "all is well";
  }
}
