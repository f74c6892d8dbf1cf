package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

  private static final Artifact TEA = new Artifact(Part.SMALL, "shop:tea:1", List.of());
  private static final Finding KNOWN = finding("Tea.brew()");
  private static final Finding NEW = finding("Tea.pour()");

  @TempDir private Path folder;

  private static Finding finding(String place) {
    return new Finding(new Finding.Key("shop:tea", "Tea.java", place, "LockHeld"), 7, "It waits.");
  }

  private Report report(List<Finding> findings, String... crashes) throws IOException {
    Ledger ledger =
        Ledger.read(
            Files.writeString(
                folder.resolve("findings.tsv"),
                """
                artifact\tfile\tplace\tcheck\tverdict\twhy
                shop:tea\tTea.java\tTea.brew()\tLockHeld\twrong\tIt does not.
                """));
    Inspection inspection =
        new Inspection(
            TEA,
            3,
            900,
            Duration.ofSeconds(2),
            Duration.ofMillis(2500),
            findings,
            List.of(crashes));
    return new Report(List.of(inspection), ledger, Set.of("LockHeld"));
  }

  @Test
  void whatIsKnownIsExpected() throws IOException {
    Report report = report(List.of(KNOWN));
    assertThat(report.asExpected()).isTrue();
    assertThat(report.toString()).doesNotContain("new:", "gone:", "CRASH");
  }

  @Test
  void aNewFindingIsPrintedAsARow() throws IOException {
    Report report = report(List.of(KNOWN, NEW));
    assertThat(report.asExpected()).isFalse();
    assertThat(report.toString())
        .contains("new:")
        .contains("\nshop:tea\tTea.java\tTea.pour()\tLockHeld\t?\t?\n");
  }

  @Test
  void aFindingThatIsGoneIsNamed() throws IOException {
    Report report = report(List.of());
    assertThat(report.asExpected()).isFalse();
    assertThat(report.toString()).contains("gone:").contains("shop:tea\tTea.java\tTea.brew()");
  }

  @Test
  void aCrashIsNotExpected() throws IOException {
    Report report = report(List.of(KNOWN), "over a cup");
    assertThat(report.asExpected()).isFalse();
    assertThat(report.toString()).contains("CRASH\nover a cup");
  }

  @Test
  void theTablesCount() throws IOException {
    assertThat(report(List.of(KNOWN, NEW)).toString().lines().map(line -> line.split(" {2,}")))
        .contains(
            new String[] {"shop:tea:1", "3", "900", "2.0", "2.5", "2", "0"},
            new String[] {"LockHeld", "2", "0", "1", "0", "1", "450"},
            new String[] {"all", "2", "0", "1", "0", "1", "450"});
  }
}
