package dev.singleflight.checker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void longTextIsCutToALine() {
    assertThat(Words.line("a\n  b")).isEqualTo("a b");
    assertThat(Words.line("x".repeat(60))).isEqualTo("x".repeat(60));
    assertThat(Words.line("x".repeat(61))).isEqualTo("x".repeat(59) + "…");
  }

  @Test
  void aWayIsToldWhereThereIsOne() {
    assertThat(Words.way(List.of())).isEmpty();
    assertThat(Words.way(List.of("evict(…)", "drop(…)")))
        .isEqualTo(" (through evict(…) → drop(…))");
  }
}
