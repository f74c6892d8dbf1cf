package dev.singleflight.checker;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** What all of our checks together report of some sources. */
public final class Reports {
  private static final Pattern REPORT = Pattern.compile("^\\[(Singleflight\\w+)\\] ");

  /** javac stops counting at a hundred. */
  private static final List<String> ALL = List.of("-Xmaxerrs", "1000000", "-Xmaxwarns", "1000000");

  /**
   * One report.
   *
   * @param position where in the file's text, as javac counts
   */
  public record Report(String check, String file, long line, long position, String message) {
    @Override
    public String toString() {
      return file + ":" + line + " " + check;
    }
  }

  private Reports() {}

  /** Compiles, and fails if that is not possible. */
  public static List<Report> of(List<JavaFileObject> sources) {
    Compilation compilation =
        Compilations.compile(List.of(), ALL, sources.toArray(new JavaFileObject[0]));
    List<Report> reports = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : compilation.diagnostics()) {
      String message = diagnostic.getMessage(null);
      Matcher matcher = REPORT.matcher(message);
      JavaFileObject source = diagnostic.getSource();
      if (source != null && matcher.find()) {
        String file = source.getName();
        reports.add(
            new Report(
                matcher.group(1),
                file.substring(file.lastIndexOf('/') + 1),
                diagnostic.getLineNumber(),
                diagnostic.getPosition(),
                message));
      } else if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        refused.add(diagnostic.toString());
      }
    }
    if (!refused.isEmpty()) {
      throw new AssertionError(
          "javac refuses what is to be checked:\n" + String.join("\n", refused));
    }
    return reports;
  }
}
