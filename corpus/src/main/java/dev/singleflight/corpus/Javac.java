package dev.singleflight.corpus;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the javac of this JDK in a process of its own, so that what ends one compilation, a full
 * stack or heap, does not end the run.
 */
final class Javac {

  /** A run is over before a better compiler or collector has paid for itself. */
  private static final List<String> JVM =
      List.of(
          "-J-Xmx3g", "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1", "-J-Duser.language=en");

  private static final List<String> EXPORTED =
      List.of("api", "code", "file", "main", "model", "parser", "processing", "tree", "util");
  private static final List<String> OPENED = List.of("code", "comp");

  private final List<Path> plugin;

  /**
   * @param plugin the jars and folders of the checks and of Error Prone
   */
  Javac(List<Path> plugin) {
    this.plugin = List.copyOf(plugin);
  }

  /** Attributes files, and does no more. */
  Compilation attribute(Checkout checkout, String... options)
      throws IOException, InterruptedException {
    return run(checkout, List.of(), List.of(options));
  }

  /** Attributes files with Error Prone, with the flags it is given. */
  Compilation inspect(Checkout checkout, List<String> flags)
      throws IOException, InterruptedException {
    return run(
        checkout,
        plugin,
        List.of(
            "-Xplugin:ErrorProne " + String.join(" ", flags),
            "-XDaddTypeAnnotationsToSymbol=true"));
  }

  private static Compilation run(Checkout checkout, List<Path> plugin, List<String> options)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(checkout.folder().resolve("out"));
    Path arguments = folder.resolve("javac.args");
    Path output = folder.resolve("javac.log");
    List<String> words = new ArrayList<>(arguments(checkout, plugin, folder));
    words.addAll(options);
    checkout.files().forEach(file -> words.add(file.toString()));
    Files.write(arguments, words.stream().map(Javac::quoted).toList());
    long start = System.nanoTime();
    int status =
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    return new Compilation(
        status,
        Duration.ofNanos(System.nanoTime() - start),
        new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }

  private static List<String> command(Path arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    for (String name : EXPORTED) {
      command.add("-J--add-exports=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED");
    }
    for (String name : OPENED) {
      command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED");
    }
    command.addAll(JVM);
    command.add("@" + arguments);
    return command;
  }

  private static List<String> arguments(Checkout checkout, List<Path> plugin, Path folder) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-classpath", joined(checkout.classPath()), "-d", folder.toString()));
    // Lombok's own processor and no other: the rest makes files that the binary jar has anyway.
    if (checkout.processors().isEmpty()) {
      words.add("-proc:none");
    } else {
      words.addAll(
          List.of("-processor", "lombok.launch.AnnotationProcessorHider$AnnotationProcessor"));
    }
    List<Path> path = Stream.concat(plugin.stream(), checkout.processors().stream()).toList();
    if (!path.isEmpty()) {
      words.addAll(List.of("-processorpath", joined(path)));
    }
    words.addAll(
        List.of(
            "-encoding",
            "UTF-8",
            "-Xmaxerrs",
            "1000000",
            "-Xmaxwarns",
            "1000000",
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            "--should-stop=ifNoError=FLOW"));
    return words;
  }

  private static String joined(List<Path> path) {
    return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\") + '"';
  }
}
