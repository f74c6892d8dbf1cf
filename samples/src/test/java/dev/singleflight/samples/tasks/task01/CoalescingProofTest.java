package dev.singleflight.samples.tasks.task01;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.tasks.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CoalescingProofTest {

  @Test
  void hundredCallersOneLoad() {
    assertThat(Output.of(new CoalescingProof()))
        .contains(
            "100 callers were given \"greeting from the loader\"", "the loader ran 1 time(s)");
  }
}
