package org.visionfashion.report.curves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Steps gathered into no more bins than a figure can show, each value the mean of its steps. When
 * all bins are full, neighbours merge and the width doubles, so that any number of steps takes the
 * same memory.
 */
final class StepBins {

  /** Bins kept; even, so that each has a neighbour to merge with. */
  static final int MOST = 200;

  private final List<Bin> bins = new ArrayList<>();
  private int width = 1;

  /**
   * Some steps in a row, or a single one.
   *
   * @param steps how many
   * @param last number of the last one, from 1 over the stage
   * @param loss mean before the update; NaN where it was never finite, as for the other means
   * @param rate mean learning rate
   * @param gradientNorm mean before clipping
   * @param examples of all
   * @param seconds of all
   */
  record Bin(
      int steps,
      long last,
      double loss,
      double rate,
      double gradientNorm,
      long examples,
      double seconds) {

    Bin with(Bin next) {
      return new Bin(
          steps + next.steps,
          next.last,
          mean(loss, next.loss, next),
          mean(rate, next.rate, next),
          mean(gradientNorm, next.gradientNorm, next),
          examples + next.examples,
          seconds + next.seconds);
    }

    /** Weighted by the steps; one without a finite value counts as its neighbours. */
    private double mean(double mine, double other, Bin next) {
      if (!Double.isFinite(mine) || !Double.isFinite(other)) {
        return Double.isFinite(mine) ? mine : other;
      }
      return (mine * steps + other * next.steps) / (steps + next.steps);
    }
  }

  void add(Bin step) {
    int last = bins.size() - 1;
    if (last >= 0 && bins.get(last).steps() < width) {
      bins.set(last, bins.get(last).with(step));
      return;
    }
    if (bins.size() == MOST) {
      for (int b = 0; b < MOST / 2; b++) {
        bins.set(b, bins.get(2 * b).with(bins.get(2 * b + 1)));
      }
      bins.subList(MOST / 2, MOST).clear();
      width *= 2;
    }
    bins.add(step);
  }

  boolean isEmpty() {
    return bins.isEmpty();
  }

  /** A value of each bin. */
  double[] values(ToDoubleFunction<Bin> value) {
    return bins.stream().mapToDouble(value).toArray();
  }
}
