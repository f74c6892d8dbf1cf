package dev.singleflight.corpus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of javac said.
 *
 * @param status its exit status
 * @param time how long it took
 * @param output what it printed
 */
record Compilation(int status, Duration time, String output) {

  private static final Pattern ERROR =
      Pattern.compile("^(.+\\.java):\\d+: error: (.*)$", Pattern.MULTILINE);
  private static final Pattern FINDING =
      Pattern.compile(
          "^(.+\\.java):(\\d+): (?:warning|error|Note): \\[(\\w+)] (.*)$", Pattern.MULTILINE);
  private static final Pattern CRASH =
      Pattern.compile(
          "An unhandled exception was thrown|An exception has occurred in the compiler|StackOverflowError|OutOfMemoryError");
  private static final Pattern TYPE =
      Pattern.compile("^\\[(?:attribute|flow) ([\\w.$]+)", Pattern.MULTILINE);

  private static final int LINES_OF_A_CRASH = 40;

  /** A line of javac's about one line of a file. */
  record Remark(Path file, int line, String check, String message) {}

  /** The files with errors, and the first of each. */
  Map<Path, String> errors() {
    Map<Path, String> errors = new LinkedHashMap<>();
    Matcher matcher = ERROR.matcher(output);
    while (matcher.find()) {
      errors.putIfAbsent(Path.of(matcher.group(1)), matcher.group(2));
    }
    return errors;
  }

  /** What checks reported. */
  List<Remark> remarks() {
    List<Remark> remarks = new ArrayList<>();
    Matcher matcher = FINDING.matcher(output);
    while (matcher.find()) {
      remarks.add(
          new Remark(
              Path.of(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              matcher.group(3),
              matcher.group(4)));
    }
    return remarks;
  }

  boolean crashed() {
    return CRASH.matcher(output).find();
  }

  /** The first lines of what javac printed when it crashed. */
  String crash() {
    Matcher matcher = CRASH.matcher(output);
    if (!matcher.find()) {
      return "";
    }
    int start = output.lastIndexOf('\n', matcher.start()) + 1;
    return String.join("\n", output.substring(start).lines().limit(LINES_OF_A_CRASH).toList());
  }

  /** The top-level type that {@code -XDverboseCompilePolicy} named last, or an empty string. */
  String lastType() {
    String last = "";
    Matcher matcher = TYPE.matcher(output);
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }
}
