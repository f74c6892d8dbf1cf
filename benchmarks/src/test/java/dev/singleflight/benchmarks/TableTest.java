package dev.singleflight.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void targetsAreJudged() {
    assertThat(Bound.atMost(1.25).judge(1.25)).isEqualTo("≤ 1.25 met");
    assertThat(Bound.atMost(0.1).judge(0.101)).isEqualTo("≤ 0.1 MISSED");
    assertThat(Bound.atMost(64).judge(64)).isEqualTo("≤ 64 met");
    assertThat(new Bound(0.95, Double.NaN).judge(0.95)).isEqualTo("≥ 0.95 met");
    assertThat(new Bound(0.95, Double.NaN).judge(0.9)).isEqualTo("≥ 0.95 MISSED");
    assertThat(Bound.NONE.judge(7)).isEmpty();
  }

  @Test
  void columnsLineUp() {
    Score subject = new Score("ours", "10 ns/op", 64);
    Score rival = new Score("theirs, with a longer name", "8 ns/op", Double.NaN);

    String table =
        Table.of(
            List.of(
                new Comparison(
                    "Some", "1 thread", subject, rival, 1.25, Bound.atMost(1.3), Bound.NONE)));

    assertThat(table.lines().map(String::length).distinct()).hasSize(1);
    assertThat(table.lines().skip(2))
        .singleElement()
        .asString()
        .containsSubsequence("ours", "10 ns/op", "64.0", "theirs", "8 ns/op", "1.250", "≤ 1.3 met");
  }

  @Test
  void quantilesAreFiguresOfTheSample() {
    Sample sample = new Sample(List.of(5.0, 1.0, 4.0, 2.0, 3.0, 10.0, 6.0, 9.0, 8.0, 7.0));

    assertThat(sample.median()).isEqualTo(5.5);
    assertThat(sample.quantile(0.9)).isEqualTo(9);
    assertThat(sample.quantile(0)).isEqualTo(sample.min()).isEqualTo(1);
    assertThat(sample.quantile(1)).isEqualTo(sample.max()).isEqualTo(10);
    assertThat(new Sample(List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2);
  }
}
