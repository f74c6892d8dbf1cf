package dev.singleflight.samples.tasks;

import java.util.List;

/**
 * A program that shows one thing. Its {@link picocli.CommandLine.Command} gives its number, its
 * title and its options.
 */
public interface Task {

  /**
   * Runs to its end, and tells on the stage what happens.
   *
   * @return what was counted, a row each
   * @throws Exception if it cannot be run
   */
  List<Row> run(Stage stage) throws Exception;
}
