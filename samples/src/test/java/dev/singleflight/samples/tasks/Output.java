package dev.singleflight.samples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What programs print. */
public final class Output {

  private Output() {}

  /** Runs a program that is to end well, and returns the lines it printed. */
  public static List<String> of(Object command, String... args) {
    return ofFailing(0, command, args).lines().toList();
  }

  /** Runs a program that is to end with a status, and returns all it printed, errors included. */
  public static String ofFailing(int expected, Object command, String... args) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int status = Programme.execute(out, out, command, args);
    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertThat(status).as(printed).isEqualTo(expected);
    return printed;
  }
}
