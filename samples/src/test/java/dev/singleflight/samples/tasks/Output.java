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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int status = Programme.execute(out, command, args);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(status).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
