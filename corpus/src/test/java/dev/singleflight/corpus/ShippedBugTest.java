package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedBugTest {

  private ShippedBug bug;

  @BeforeEach
  void read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("shipped-bugs.tsv");
    Files.writeString(
        file,
        """
        bug\tbuggy\tfile\tlines\texpected\tscope\tfixed\toptions\twhat
        kettle\tshop:tea:1 shop:cup:2\tTea.java\t10-20\tLockHeld,NullResult\tfiles\t-\t-\tIt waits.
        """);
    bug = ShippedBug.read(file).get(0);
  }

  private static List<Finding> finding(String check, int line) {
    return List.of(new Finding(new Finding.Key("shop:tea", "Tea.java", "Tea", check), line, ""));
  }

  @Test
  void aRowIsRead() {
    assertThat(bug.buggy().coordinates()).isEqualTo("shop:tea:1");
    assertThat(bug.buggy().beside()).containsExactly("shop:cup:2");
    assertThat(bug.scope()).isEqualTo(ShippedBug.Scope.FILES);
    assertThat(bug.fixed()).isNull();
    assertThat(bug.flags()).isEmpty();
  }

  @Test
  void itIsFoundAtItsLinesByAnyExpectedCheck() {
    assertThat(bug.foundBy(finding("LockHeld", 10))).isTrue();
    assertThat(bug.foundBy(finding("NullResult", 23))).isTrue();
    assertThat(bug.foundBy(finding("NullResult", 24))).isFalse();
    assertThat(bug.foundBy(finding("LockHeld", 6))).isFalse();
    assertThat(bug.foundBy(finding("UnstableKey", 15))).isFalse();
  }

  @Test
  void itIsStillThereIfTheFirstCheckReportsAnywhereInTheFile() {
    assertThat(bug.stillIn(finding("LockHeld", 99))).isTrue();
    assertThat(bug.stillIn(finding("NullResult", 15))).isFalse();
  }
}
