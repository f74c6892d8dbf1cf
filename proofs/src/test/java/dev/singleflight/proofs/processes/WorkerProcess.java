package dev.singleflight.proofs.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A {@link Worker} in a JVM of its own. */
final class WorkerProcess implements Closeable {

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  /** Starts a process, and returns when it uses the tier. */
  WorkerProcess(String redis, int databasePort) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                redis,
                Integer.toString(databasePort))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    in = process.outputWriter(UTF_8);
    String ready = out.readLine();
    if (ready == null || !ready.startsWith("ready")) {
      throw new IllegalStateException("the process has not begun: " + ready);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Tells the process what to do; its answer comes when that is done. */
  CompletableFuture<String> tell(String order) {
    return CompletableFuture.supplyAsync(
        () -> ask(order), task -> new Thread(task, "teller").start());
  }

  synchronized String ask(String order) {
    try {
      in.write(order + '\n');
      in.flush();
      String answer = out.readLine();
      if (answer == null) {
        throw new IllegalStateException("the process has ended");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
