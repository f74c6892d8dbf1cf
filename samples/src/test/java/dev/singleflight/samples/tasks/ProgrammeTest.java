package dev.singleflight.samples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Timeout(60)
final class ProgrammeTest {
  private static final String URL = "singleflight.redis.url";

  private final String named = System.getProperty(URL, "");

  @BeforeEach
  void nameARedisThatIsNotThere() {
    System.setProperty(URL, "redis://127.0.0.1:1");
  }

  @AfterEach
  void restore() {
    if (named.isEmpty()) {
      System.clearProperty(URL);
    } else {
      System.setProperty(URL, named);
    }
  }

  @Test
  void withoutArgumentsAllTasksAreRunAndNothingElse() {
    assertThat(Output.of(new Root()))
        .contains("Task first: First.", "ran 3 times", "Task second: Second.")
        .doesNotContain("other");
  }

  @Test
  void taskThatIsNamedTwiceIsRunTwice() {
    assertThat(Output.of(new Root(), "first", "--times=1", "first"))
        .containsSubsequence("ran 1 times", "ran 3 times");
  }

  @Test
  void taskIsAProgramByItself() {
    assertThat(Output.of(new First())).contains("Task first: First.", "ran 3 times");
  }

  @Test
  void commandThatIsNoTaskIsRunByItself() {
    Output.ofFailing(7, new Root(), "other");
  }

  @Test
  void serverThatIsNotThereIsSaidWithoutAStackTrace() {
    assertThat(Output.ofFailing(1, new Needy()))
        .contains("error: Redis, named by -Dsingleflight.redis.url")
        .doesNotContain("\tat ");
  }

  @Test
  void whatHasBeenCountedBeforeAFailureIsShown() {
    assertThat(Output.ofFailing(1, new FailingLast()))
        .containsSubsequence("first  nothing", "java.io.IOException: out of paper");
  }

  @Test
  void taskThatFailsIsShownWithItsStackTrace() {
    assertThat(Output.ofFailing(1, new Failing()))
        .contains("java.io.IOException: out of paper")
        .contains("\tat ");
  }

  @Command(
      name = "root",
      subcommandsRepeatable = true,
      subcommands = {First.class, Second.class, Other.class})
  static final class Root {}

  @Command(
      name = "failing-last",
      subcommands = {First.class, Failing.class})
  static final class FailingLast {}

  @Command(name = "first", description = "First.")
  static final class First implements Task {
    @Option(names = "--times", defaultValue = "3")
    private int times;

    @Override
    public List<Row> run(Stage stage) {
      stage.say("ran %d times", times);
      return List.of(new Row("nothing", SingleflightGroup.create().stats()));
    }
  }

  @Command(name = "second", description = "Second.")
  static final class Second implements Task {
    @Override
    public List<Row> run(Stage stage) {
      return List.of();
    }
  }

  @Command(name = "needy", description = "Needs a Redis.")
  static final class Needy implements Task {
    @Override
    public List<Row> run(Stage stage) {
      stage.redis();
      return List.of();
    }
  }

  @Command(name = "failing", description = "Fails.")
  static final class Failing implements Task {
    @Override
    public List<Row> run(Stage stage) throws IOException {
      throw new IOException("out of paper");
    }
  }

  @Command(name = "other", description = "No task.")
  static final class Other implements Callable<Integer> {
    @Override
    public Integer call() {
      return 7;
    }
  }
}
