package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {

  private static final String COLUMNS = "artifact\tfile\tplace\tcheck\tverdict\twhy\n";
  private static final String TEA = "shop:tea\tTea.java\tTea.brew()\tLockHeld\tright\tIt waits.\n";
  private static final String CUP = "shop:cup\tCup.java\tCup.of(int)\tNullResult\twrong\tNo.\n";

  @TempDir private Path folder;

  private Ledger ledger(String rows) throws IOException {
    return Ledger.read(Files.writeString(folder.resolve("findings.tsv"), COLUMNS + rows));
  }

  private static Finding finding(String artifact, String file, String place, String check) {
    return new Finding(new Finding.Key(artifact, file, place, check), 7, "message");
  }

  @Test
  void aFindingIsKnownWhereverItsMemberStands() throws IOException {
    Ledger ledger = ledger(TEA + CUP);
    Finding known = finding("shop:tea", "Tea.java", "Tea.brew()", "LockHeld");
    Finding elsewhere = finding("shop:tea", "Tea.java", "Tea.pour()", "LockHeld");
    assertThat(ledger.verdict(known)).isEqualTo(Verdict.RIGHT);
    assertThat(ledger.unjudged(List.of(known, elsewhere))).containsExactly(elsewhere);
  }

  @Test
  void goneIsOnlyWhatWasLookedFor() throws IOException {
    Ledger ledger = ledger(TEA + CUP);
    assertThat(ledger.gone(List.of(), Set.of("shop:tea", "shop:cup"), Set.of("LockHeld")))
        .extracting(Finding.Key::artifact)
        .containsExactly("shop:tea");
    assertThat(ledger.gone(List.of(), Set.of("shop:cup"), Set.of("LockHeld"))).isEmpty();
    assertThat(
            ledger.gone(
                List.of(finding("shop:tea", "Tea.java", "Tea.brew()", "LockHeld")),
                Set.of("shop:tea"),
                Set.of("LockHeld")))
        .isEmpty();
  }

  @Test
  void aRowToPasteHasTheColumnsOfTheFile() throws IOException {
    Finding finding = finding("shop:tea", "Tea.java", "Tea.pour()", "LockHeld");
    Ledger pasted = ledger(Ledger.row(finding).replace("?\t?", "debatable\tPerhaps.") + "\n");
    assertThat(pasted.verdict(finding)).isEqualTo(Verdict.DEBATABLE);
  }

  @Test
  void aRowStandsOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger(TEA + TEA))
        .withMessageContaining("twice");
  }

  @Test
  void aVerdictIsOneOfThree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger(TEA.replace("right", "RIGHT")))
        .withMessageContaining("'RIGHT' is no verdict");
  }

  @Test
  void aVerdictHasAReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger(TEA.replace("It waits.", " ")))
        .withMessageContaining("does not say why");
  }
}
