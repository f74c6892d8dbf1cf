package dev.singleflight.checker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.checker.fuzz.Answers.Disagreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Call sites of every form, by themselves and put together at random, of which it is known what is
 * to be reported. {@code -Dsingleflight.fuzz.seed=…} and {@code -Dsingleflight.fuzz.sites=…} choose
 * others than CI's.
 */
final class FuzzTest {
  private static final long SEED = Long.getLong("singleflight.fuzz.seed", 4);
  private static final int SITES = Integer.getInteger("singleflight.fuzz.sites", 3_000);

  /** So many different disagreements are enough to read at a time. */
  private static final int MAX_SHOWN = Integer.getInteger("singleflight.fuzz.shown", 20);

  @Test
  void everyForm() {
    assertAgreement(CallSite.single());
  }

  @Test
  void formsPutTogether() {
    Random random = new Random(SEED);
    assertAgreement(Stream.generate(() -> CallSite.random(random)).limit(SITES).toList());
  }

  private static void assertAgreement(List<CallSite> sites) {
    List<Disagreement> disagreements = Answers.disagreements(sites);
    assertThat(smallest(disagreements))
        .as("%d of %d call sites", disagreements.size(), sites.size())
        .isEmpty();
  }

  /** Those with as little as shows them, without those that the same would explain. */
  private static List<Disagreement> smallest(List<Disagreement> disagreements) {
    List<Disagreement> open = new ArrayList<>(disagreements);
    List<Disagreement> smallest = new ArrayList<>();
    while (!open.isEmpty() && smallest.size() < MAX_SHOWN) {
      Disagreement one = shrunk(open.remove(0));
      smallest.add(one);
      open.removeIf(one::explains);
    }
    return smallest;
  }

  private static Disagreement shrunk(Disagreement disagreement) {
    return Answers.disagreements(disagreement.site().simpler()).stream()
        .filter(simpler -> simpler.isLike(disagreement))
        .findFirst()
        .map(FuzzTest::shrunk)
        .orElse(disagreement);
  }
}
