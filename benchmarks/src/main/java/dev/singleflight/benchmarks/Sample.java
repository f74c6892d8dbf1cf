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
