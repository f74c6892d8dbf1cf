package dev.singleflight.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class MainTest {

  @Test
  void helpListsTheTwelve() {
    List<String> lines = Output.of(new Main(), "--help");
    for (int number = 1; number <= 12; number++) {
      String task = "  " + number + " ";
      assertThat(lines).anyMatch(line -> line.startsWith(task));
    }
  }

  @Test
  void helpOfATaskTellsItsOptions() {
    assertThat(Output.of(new Main(), "10", "--help"))
        .anyMatch(line -> line.contains("--threads"))
        .anyMatch(line -> line.contains("--keys"))
        .anyMatch(line -> line.contains("--duration"));
  }

  @Test
  void tasksThatAreNamedAreRunInThatOrderAndCounted() {
    assertThat(Output.of(new Main(), "7", "1"))
        .containsSubsequence(
            "Task 7: A loader that fails, and ten callers who are told.",
            "Task 1: A hundred callers, one load.",
            "task  what was asked                         calls      hits     loads  coalesced",
            "   7  report 13, 10 callers                     10         0         1      0.900",
            "   1  one key, 100 callers                     100         0         1      0.990");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "13              | '13'",
        "1 two           | 'two'",
        "1 --threads 5   | '--threads'",
        "10 --threads 0  | '0' is too few",
        "10 --keys many  | 'many' is not a whole number",
        "10 --duration 5 | '5' is no duration",
        "9 --every 0s    | '0s' is over before it begins",
        "10 --keys 12 13 | '13'"
      },
      quoteCharacter = '"')
  void whatIsNotUnderstoodIsSaid(String arguments, String said) {
    assertThat(Output.ofFailing(2, new Main(), arguments.split(" ")))
        .startsWith("error: ")
        .contains(said)
        .endsWith("; --help tells what there is\n");
  }
}
