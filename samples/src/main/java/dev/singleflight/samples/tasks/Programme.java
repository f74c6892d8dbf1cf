package dev.singleflight.samples.tasks;

import dev.singleflight.samples.engines.EngineException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs the tasks of a command line one after another on one stage, and then prints the table. */
public final class Programme {
  private final PrintStream out;

  private Programme(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs a task, or a command whose subcommands are tasks: those that are named, or else all. A
   * subcommand that is no task is run by itself, as picocli does.
   *
   * @return the exit status: 0, or 1 if a task cannot be run, or 2 if the arguments are not
   *     understood
   */
  public static int execute(Object command, String... args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return execute(out, err, command, args);
  }

  static int execute(PrintStream out, PrintStream err, Object command, String... args) {
    CommandLine line = new CommandLine(command);
    addHelp(line);
    line.getSubcommands().values().forEach(Programme::addHelp);
    return line.setAllowSubcommandsAsOptionParameters(true) // as in 10 --keys 5
        .setUsageHelpWidth(100)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionStrategy(new Programme(out)::run)
        .setParameterExceptionHandler(Programme::misunderstood)
        .setExecutionExceptionHandler(Programme::failed)
        .execute(args);
  }

  private static void addHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build());
    }
  }

  private int run(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    List<CommandSpec> chosen = chosen(parsed);
    if (!chosen.stream().allMatch(spec -> spec.userObject() instanceof Task)) {
      return new RunLast().execute(parsed);
    }
    try {
      run(chosen);
      return ExitCode.OK;
    } catch (ParameterException e) {
      throw e;
    } catch (Exception e) {
      CommandLine line = parsed.commandSpec().commandLine();
      throw new CommandLine.ExecutionException(line, "a task failed", e);
    }
  }

  private static List<CommandSpec> chosen(ParseResult parsed) {
    CommandSpec root = parsed.commandSpec();
    if (root.userObject() instanceof Task) {
      return List.of(root);
    }
    if (parsed.hasSubcommand()) {
      return parsed.subcommands().stream().map(ParseResult::commandSpec).toList();
    }
    return root.subcommands().values().stream()
        .filter(line -> line.getCommand() instanceof Task)
        .map(line -> line.parseArgs().commandSpec()) // so that each has its defaults
        .toList();
  }

  private void run(List<CommandSpec> tasks) throws Exception {
    Table table = new Table();
    try (Stage stage = new Stage(out)) {
      for (CommandSpec spec : tasks) {
        stage.say("Task %s: %s", spec.name(), spec.usageMessage().description()[0]);
        table.add(spec.name(), ((Task) spec.userObject()).run(stage));
        stage.say("");
      }
    } finally {
      table.lines().forEach(out::println);
    }
  }

  private static int misunderstood(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("error: " + e.getMessage() + "; --help tells what there is");
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (!(e instanceof EngineException)) {
      throw e;
    }
    line.getErr().println("error: " + e.getMessage());
    return ExitCode.SOFTWARE;
  }
}
