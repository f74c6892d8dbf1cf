package dev.singleflight.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.eclipse.aether.RepositoryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the checks over published code, and says what they report that nobody knows yet. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the checks over published code, and says what is new and what is gone.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every finding is one that findings.tsv has, and none is gone",
      "1:a finding is new or gone, a check crashed, or an artifact is not to be had",
      "2:the command line is not understood"
    })
public final class Main implements Callable<Integer> {

  private static final int AS_EXPECTED = 0;
  private static final int NOT_AS_EXPECTED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description = "Only artifacts whose coordinates contain this, whatever their part.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--part",
      defaultValue = "small",
      description =
          "small (what CI runs, the default), first, second, third, fourth or all; each holds those before"
              + " it.")
  private String part = "small";

  @Option(
      names = "--check",
      split = ",",
      paramLabel = "CHECK",
      description = "Only these checks, with or without 'Singleflight' before the name.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--flag",
      paramLabel = "-XepOpt:…",
      description = "Tell the checks this, as in --flag=-XepOpt:Singleflight:Evidence=strict.")
  private List<String> flags = new ArrayList<>();

  @Option(names = "--shipped", description = "Ask for the bugs of shipped-bugs.tsv instead.")
  private boolean shipped;

  @Option(names = "--offline", description = "Use only what the local repository has.")
  private boolean offline;

  @Option(names = "--untimed", description = "Do not compile once more without the checks.")
  private boolean untimed;

  @Option(
      names = "--folder",
      defaultValue = "corpus",
      description = "Where the tables are, and target; by default ./corpus.")
  private Path folder = Path.of("corpus");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    Set<String> checks = checks();
    Path work = Files.createDirectories(folder.toAbsolutePath().normalize().resolve("target/work"));
    Javac javac = new Javac(Checker.classPath());
    try (Repository repository = new Repository(offline)) {
      return shipped
          ? ask(new Shipped(repository, javac, checks, work))
          : run(repository, javac, checks, work);
    }
  }

  private int run(Repository repository, Javac javac, Set<String> checks, Path work)
      throws IOException, InterruptedException {
    Ledger ledger = Ledger.read(folder.resolve("findings.tsv"));
    List<Inspection> inspections = new ArrayList<>();
    boolean allRan = true;
    for (Artifact artifact : artifacts()) {
      out.println("… " + artifact.coordinates());
      try {
        Checkout checkout = new Attributable(javac).of(Checkout.of(artifact, repository, work));
        if (checkout.files().isEmpty()) {
          throw new IOException("javac can attribute none of its files");
        }
        Inspection inspection = Inspection.of(artifact, checkout, javac, checks, flags, !untimed);
        inspection.findings().forEach(finding -> out.println(line(artifact, finding)));
        inspections.add(inspection);
      } catch (RepositoryException | IOException e) {
        out.println("cannot be run: " + e.getMessage());
        allRan = false;
      }
    }
    write(inspections, work.resolveSibling("found.tsv"));
    Report report = new Report(inspections, ledger, checks);
    out.println();
    out.println(report);
    return allRan && report.asExpected() ? AS_EXPECTED : NOT_AS_EXPECTED;
  }

  private int ask(Shipped shipped) throws IOException, InterruptedException {
    List<Shipped.Outcome> outcomes = new ArrayList<>();
    boolean allRan = true;
    for (ShippedBug bug : ShippedBug.read(folder.resolve("shipped-bugs.tsv"))) {
      if (!named(bug.buggy())) {
        continue;
      }
      try {
        Shipped.Outcome outcome = shipped.outcome(bug);
        out.println(outcome);
        outcomes.add(outcome);
      } catch (RepositoryException | IOException e) {
        out.println(bug.name() + " cannot be run: " + e.getMessage());
        allRan = false;
      }
    }
    out.println();
    out.println(Shipped.summary(outcomes));
    boolean silent = outcomes.stream().noneMatch(one -> Boolean.TRUE.equals(one.still()));
    return allRan && silent ? AS_EXPECTED : NOT_AS_EXPECTED;
  }

  private Set<String> checks() throws IOException {
    NavigableSet<String> all = Checker.checks();
    if (only.isEmpty()) {
      return all;
    }
    NavigableSet<String> some = new TreeSet<>();
    for (String word : only) {
      String name = word.startsWith("Singleflight") ? word : "Singleflight" + word;
      if (!all.contains(name)) {
        throw usage("there is no check " + name + "; there are " + String.join(", ", all));
      }
      some.add(name);
    }
    return some;
  }

  private Set<Artifact> artifacts() throws IOException {
    Part wanted;
    try {
      wanted = Part.named(part);
    } catch (IllegalArgumentException e) {
      throw usage("--part is small, first, second, third, fourth or all, not '" + part + "'");
    }
    Set<Artifact> artifacts = new LinkedHashSet<>();
    for (Artifact artifact : Artifact.read(folder.resolve("artifacts.tsv"))) {
      if (names.isEmpty() ? wanted.holds(artifact.part()) : named(artifact)) {
        artifacts.add(artifact);
      }
    }
    if (artifacts.isEmpty()) {
      throw usage("no artifact is called like " + String.join(", ", names));
    }
    return artifacts;
  }

  private boolean named(Artifact artifact) {
    return names.isEmpty() || names.stream().anyMatch(artifact.coordinates()::contains);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String line(Artifact artifact, Finding finding) {
    return "  %s %s:%d [%s] %s"
        .formatted(
            artifact.id(),
            finding.key().file(),
            finding.line(),
            finding.key().check(),
            finding.message());
  }

  /** For whoever judges: where each finding stands in this version. */
  private static void write(List<Inspection> inspections, Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("artifact\tfile\tline\tplace\tcheck\tmessage");
    for (Inspection inspection : inspections) {
      for (Finding finding : inspection.findings()) {
        rows.add(
            String.join(
                "\t",
                inspection.artifact().coordinates(),
                finding.key().file(),
                String.valueOf(finding.line()),
                finding.key().place(),
                finding.key().check(),
                finding.message()));
      }
    }
    Files.write(file, rows);
  }
}
