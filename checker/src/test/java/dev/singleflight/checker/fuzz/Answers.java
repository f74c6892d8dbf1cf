package dev.singleflight.checker.fuzz;

import com.google.testing.compile.JavaFileObjects;
import dev.singleflight.checker.Checks;
import dev.singleflight.checker.Reports;
import dev.singleflight.checker.Reports.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.JavaFileObject;

/** What the checker says of many call sites, beside what is known of them. */
final class Answers {
  private static final Path DOMAIN =
      Path.of("src/test/resources/dev/singleflight/checker/fuzz/Domain.java");

  private static final int SITES_OF_A_FILE = 50;

  private static final String IMPORTS =
      """
      package test;
      import com.sun.net.httpserver.HttpExchange;
      import dev.singleflight.*;
      import java.security.Principal;
      import java.text.MessageFormat;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;
      import java.util.concurrent.locks.*;
      import java.util.function.*;
      import java.util.stream.*;
      """;

  private static final Set<String> CHECKS = Set.copyOf(Checks.names());

  private Answers() {}

  /**
   * A call site of which the checker says something else than is known.
   *
   * @param missing what it should have reported
   * @param wrong what it should not have
   * @param text compilable, beside the domain
   */
  record Disagreement(
      CallSite site, Set<String> missing, Set<String> wrong, String text, List<String> messages) {

    Disagreement about(Set<String> missing, Set<String> wrong) {
      return new Disagreement(site, missing, wrong, text, messages);
    }

    boolean isEmpty() {
      return missing.isEmpty() && wrong.isEmpty();
    }

    /** Whether it is about one thing that the other is about. */
    boolean isLike(Disagreement other) {
      return other.missing.containsAll(missing) && other.wrong.containsAll(wrong);
    }

    /** Whether the other is the same with more around it. */
    boolean explains(Disagreement other) {
      return isLike(other) && site.isPartOf(other.site);
    }

    @Override
    public String toString() {
      return "%s\n  missing %s, wrong %s\n%s\n%s\n"
          .formatted(site, missing, wrong, String.join("\n", messages), text.indent(4));
    }
  }

  /** Compiles so many at a time that javac's start does not count, nor its memory. */
  static List<Disagreement> disagreements(List<CallSite> sites) {
    List<Disagreement> found = new ArrayList<>();
    int atOnce = 10 * SITES_OF_A_FILE;
    for (int from = 0; from < sites.size(); from += atOnce) {
      found.addAll(compare(sites.subList(from, Math.min(sites.size(), from + atOnce))));
    }
    return found;
  }

  private static List<Disagreement> compare(List<CallSite> sites) {
    List<Draft> drafts = new ArrayList<>();
    List<JavaFileObject> sources = new ArrayList<>(List.of(domain()));
    Map<String, NavigableMap<Long, Integer>> places = new LinkedHashMap<>();
    for (int from = 0; from < sites.size(); from += SITES_OF_A_FILE) {
      File calls = new File("Calls" + from);
      File others = new File("Others" + from);
      for (int i = from; i < Math.min(sites.size(), from + SITES_OF_A_FILE); i++) {
        Draft draft = sites.get(i).draft(i);
        drafts.add(draft);
        calls.add(i, draft.text());
        others.add(i, draft.textElsewhere());
      }
      for (File file : List.of(calls, others)) {
        sources.add(file.source());
        places.put(file.name + ".java", file.places);
      }
    }
    Map<Integer, List<Report>> reports = new TreeMap<>();
    for (Report report : Reports.of(sources)) {
      if (!places.containsKey(report.file())) {
        throw new AssertionError("reported where nothing is wrong: " + report);
      }
      int site = places.get(report.file()).floorEntry(report.line()).getValue();
      reports.computeIfAbsent(site, s -> new ArrayList<>()).add(report);
    }
    List<Disagreement> found = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      compare(sites.get(i), drafts.get(i), reports.getOrDefault(i, List.of()), found);
    }
    return found;
  }

  private static void compare(
      CallSite site, Draft draft, List<Report> reports, List<Disagreement> found) {
    Set<String> reported = new TreeSet<>(reports.stream().map(Report::check).toList());
    Set<String> missing = new TreeSet<>(draft.mustReport());
    missing.retainAll(CHECKS);
    missing.removeAll(reported);
    Set<String> wrong = new TreeSet<>(reported);
    wrong.removeAll(draft.mustReport());
    wrong.removeAll(draft.mayReport());
    Disagreement disagreement =
        Known.without(
            new Disagreement(
                site,
                missing,
                wrong,
                draft.text() + "\n" + draft.textElsewhere(),
                reports.stream().map(Report::message).toList()));
    if (!disagreement.isEmpty()) {
      found.add(disagreement);
    }
  }

  private static JavaFileObject domain() {
    try {
      return JavaFileObjects.forSourceString("test.Domain", Files.readString(DOMAIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class File {
    private final String name;
    private final StringBuilder text = new StringBuilder(IMPORTS);
    private final NavigableMap<Long, Integer> places = new TreeMap<>();
    private long line = IMPORTS.lines().count() + 1;

    File(String name) {
      this.name = name;
    }

    void add(int site, String part) {
      places.put(line, site);
      text.append(part).append('\n');
      line += part.lines().count();
      if (part.isEmpty()) {
        line++;
      }
    }

    JavaFileObject source() {
      return JavaFileObjects.forSourceString("test." + name, text.toString());
    }
  }
}
