package dev.singleflight.samples.tasks.task04;

import dev.singleflight.SharedResult;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** The checksum of a large file, wanted by thirty callers in three ways. */
@Command(name = "4", description = "Any function, coalesced, with the types it has.")
public final class TypedCalls implements Task {
  private static final long MEGABYTES = 128;

  private final Coalesced<Path, String, IOException> checksums = Coalesced.of(Checksums::sha256);

  public static void main(String[] args) {
    System.exit(Programme.execute(new TypedCalls(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    Path file = Files.createTempFile("singleflight", ".bin");
    try {
      try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
        content.setLength(MEGABYTES << 20);
      }
      CompletableFuture<String> later = checksums.callAsync(file);
      List<SharedResult<String>> now = Crowd.call(29, () -> checksums.callShared(file));
      long shared = now.stream().filter(SharedResult::isShared).count();
      stage.say("SHA-256 of %d MB: %.12s…", MEGABYTES, later.join());
      stage.say(
          "30 callers, loads: %d; %d of 29 were told that they share it",
          checksums.stats().loads(), shared);
    } finally {
      Files.delete(file);
    }
    try {
      stage.say("%s", checksums.call(file));
    } catch (NoSuchFileException e) { // an IOException, as the function declares
      stage.say("without the file: NoSuchFileException, unwrapped");
    }
    return List.of(new Row("a checksum, 30 callers; no file", checksums.stats()));
  }
}
