package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();

  @BeforeEach
  void tables() throws IOException {
    Files.writeString(
        folder.resolve("artifacts.tsv"), "part\tartifact\tbeside\nsmall\tshop.none:tea:1\t\n");
    Files.writeString(
        folder.resolve("findings.tsv"), "artifact\tfile\tplace\tcheck\tverdict\twhy\n");
  }

  private int exitStatus(String... words) {
    List<String> all = new ArrayList<>(List.of("--offline", "--folder", folder.toString()));
    all.addAll(Arrays.asList(words));
    return new CommandLine(new Main())
        .setErr(new PrintWriter(said))
        .execute(all.toArray(new String[0]));
  }

  @Test
  void anArtifactThatIsNotToBeHadIsAFailure() {
    assertThat(exitStatus()).isEqualTo(1);
    assertThat(folder.resolve("target/found.tsv")).exists();
  }

  @Test
  void anUnknownPartIsNotUnderstood() {
    assertThat(exitStatus("--part", "large")).isEqualTo(2);
    assertThat(said.toString())
        .contains("--part is small, first, second, third, fourth or all, not 'large'");
  }

  @Test
  void anUnknownCheckIsNotUnderstood() {
    assertThat(exitStatus("--check", "LockHeld,Tea")).isEqualTo(2);
    assertThat(said.toString()).contains("SingleflightTea").contains("SingleflightLockHeld");
  }

  @Test
  void anUnknownNameIsNotUnderstood() {
    assertThat(exitStatus("cup")).isEqualTo(2);
    assertThat(said.toString()).contains("no artifact is called like cup");
  }
}
