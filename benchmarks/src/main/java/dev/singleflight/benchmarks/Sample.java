package dev.singleflight.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Figures taken of the same thing, in ascending order. */
final class Sample {

  private final double[] sorted;

  Sample(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("A sample needs a figure");
    }
    sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Returns the lower end of an interval that holds the median of all that could be measured with a
   * confidence of 95 %, whatever the distribution; of fewer than six figures, the smallest.
   */
  double medianAtLeast() {
    return sorted[outside()];
  }

  /** Returns the upper end of that interval. */
  double medianAtMost() {
    return sorted[sorted.length - 1 - outside()];
  }

  /**
   * How many figures lie beyond each end: the binomial distribution's quantile, as a normal one.
   */
  private int outside() {
    return (int) Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2));
  }

  /** Returns the smallest figure that this part of the figures does not exceed. */
  double quantile(double part) {
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
