package dev.singleflight.samples.tasks.task04;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.singleflight.SharedResult;
import dev.singleflight.samples.tasks.Crowd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CoalescedTest {
  @TempDir private Path folder;

  @Test
  void thirtyCallersShareOneRun() throws Exception {
    CountDownLatch joined = new CountDownLatch(1);
    Coalesced<String, Integer, InterruptedException> lengths =
        Coalesced.of(
            text -> {
              joined.await();
              return text.length();
            });
    List<Future<SharedResult<Integer>>> callers =
        Crowd.start(30, number -> () -> lengths.callShared("thirty"));
    await().until(() -> lengths.stats().followers() == 29);
    joined.countDown();
    for (Future<SharedResult<Integer>> caller : callers) {
      assertThat(caller.get().value()).isEqualTo(6);
      assertThat(caller.get().followers()).isEqualTo(29);
    }
    assertThat(lengths.stats().loads()).isEqualTo(1);
    assertThat(lengths.callAsync("five!").get()).isEqualTo(5);
  }

  @Test
  void checksumIsThatOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Coalesced.of(Checksums::sha256).call(file))
        .as("FIPS 180-2, appendix B.1")
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void failureIsTheFunctionsOwn() {
    Coalesced<Path, String, IOException> checksums = Coalesced.of(Checksums::sha256);
    assertThatThrownBy(() -> checksums.call(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void typesAreTheFunctionsOwn() {
    assertThat(compiled("String hex = sums.call(path);", "IOException")).succeededWithoutWarnings();
    assertThat(compiled("Integer hex = sums.call(path);", "IOException"))
        .hadErrorContaining("java.lang.String cannot be converted to java.lang.Integer");
    assertThat(compiled("String hex = sums.call(path);", "InterruptedException"))
        .hadErrorContaining("unreported exception java.io.IOException");
  }

  private static Compilation compiled(String call, String thrown) {
    return Compiler.javac()
        .compile(
            JavaFileObjects.forSourceLines(
                "Caller",
                "import dev.singleflight.samples.tasks.task04.Coalesced;",
                "import java.io.IOException;",
                "import java.nio.file.Files;",
                "import java.nio.file.Path;",
                "class Caller {",
                "  void call(Path path) throws " + thrown + " {",
                "    var sums = Coalesced.of((Path file) -> Files.readString(file));",
                "    " + call,
                "  }",
                "}"));
  }
}
