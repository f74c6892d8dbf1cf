package dev.singleflight.samples.tasks.task10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Output;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class CoalescingRatioTest {
  private static final Pattern TOTAL =
      Pattern.compile("([\\d,]+) calls, ([\\d,]+) loads: ([\\d.]+) % of the calls.*");

  @TempDir private Path folder;

  @Test
  void tenThousandCallsOfAHundredKeysAreAHundredLoads() {
    CountDownLatch open = new CountDownLatch(1);
    SingleflightGroup<Integer, Integer> group =
        SingleflightGroup.newBuilder().recordStats().build();
    List<CompletableFuture<Integer>> calls =
        IntStream.range(0, 10_000)
            .mapToObj(
                call ->
                    group.executeAsync(
                        call % 100,
                        key -> {
                          open.await();
                          return key;
                        }))
            .toList();
    open.countDown();
    for (int call = 0; call < calls.size(); call++) {
      assertThat(calls.get(call).join()).isEqualTo(call % 100);
    }
    assertThat(group.stats().loads()).isEqualTo(100);
    assertThat(group.stats().coalescingRatio()).isEqualTo(0.99);
  }

  @Test
  void runIsCountedAndDrawn() throws IOException {
    Path picture = folder.resolve("new/ratio.png");
    List<String> lines =
        Output.of(
            new StressTest(), "--threads=40", "--keys=4", "--duration=1s", "--picture=" + picture);
    Matcher total =
        lines.stream().map(TOTAL::matcher).filter(Matcher::matches).findAny().orElseThrow();
    long calls = number(total.group(1));
    long loads = number(total.group(2));
    assertThat(loads).isBetween(4L, calls / 4);
    assertThat(Double.parseDouble(total.group(3)))
        .isCloseTo(100.0 * (calls - loads) / calls, offset(1.0));
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(lines).contains("the picture: " + picture);
  }

  @Test
  void momentIsWhatHasHappenedInIt() {
    Stats before = stats(100, 40);
    Sample sample =
        Sample.between(before, stats(300, 200), Duration.ofMillis(500), Duration.ofMillis(1_000));
    assertThat(sample.calls()).isEqualTo(400);
    assertThat(sample.ratio()).isEqualTo(0.8);
    assertThat(sample.seconds()).isEqualTo(1);
    assertThat(Sample.between(before, before, Duration.ZERO, Duration.ofSeconds(1)).ratio())
        .isZero();
  }

  @Test
  void failedLoadEndsTheRun() {
    Stress stress =
        new Stress(
            key -> {
              throw new IOException("out of reach");
            },
            5);
    assertThatThrownBy(() -> stress.run(10, Duration.ofHours(1), sample -> {}))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("out of reach");
  }

  @Test
  void callersEndWithTheRun() throws Exception {
    Stress stress = new Stress(key -> key, 5);
    assertThat(stress.run(10, Duration.ofMillis(1), sample -> {})).hasSize(1);
  }

  private static Stats stats(long calls, long followers) {
    Stats none = SingleflightGroup.create().stats();
    return new Stats(
        calls, 0, 0, calls - followers, followers, calls - followers, 0, 0, 0, none.loadTimes());
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
