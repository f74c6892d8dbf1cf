package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of this folder say what they are meant to. */
final class TablesTest {

  private static final Path FINDINGS = Path.of("findings.tsv");
  private static final Path ARTIFACTS = Path.of("artifacts.tsv");
  private static final Path SHIPPED_BUGS = Path.of("shipped-bugs.tsv");

  @Test
  void everyArtifactIsThereOnce() throws IOException {
    assertThat(Artifact.read(ARTIFACTS)).extracting(Artifact::id).doesNotHaveDuplicates();
  }

  @Test
  void everyPartHasArtifacts() throws IOException {
    assertThat(Artifact.read(ARTIFACTS))
        .extracting(Artifact::part)
        .contains(Part.SMALL, Part.FIRST, Part.SECOND, Part.THIRD, Part.FOURTH);
  }

  @Test
  void everyFindingIsAboutAnArtifactAndACheckThatWeHave() throws IOException {
    Set<String> artifacts =
        Artifact.read(ARTIFACTS).stream().map(Artifact::id).collect(Collectors.toSet());
    assertThat(Ledger.read(FINDINGS).keys())
        .allSatisfy(
            key -> {
              assertThat(key.artifact()).isIn(artifacts);
              assertThat(key.check()).isIn(Checker.checks());
              assertThat(key.place()).isNotEmpty();
            });
  }

  @Test
  void everyShippedBugExpectsChecksThatWeHave() throws IOException {
    List<ShippedBug> bugs = ShippedBug.read(SHIPPED_BUGS);
    assertThat(bugs).extracting(ShippedBug::name).doesNotHaveDuplicates();
    assertThat(bugs)
        .allSatisfy(
            bug -> {
              assertThat(bug.expected()).isNotEmpty().isSubsetOf(Checker.checks());
              assertThat(bug.first()).isPositive().isLessThanOrEqualTo(bug.last());
            });
  }
}
