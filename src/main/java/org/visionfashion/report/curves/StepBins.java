package org.visionfashion.report.curves;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.visionfashion.report.curves.StageCurves.Step;

/**
 * Steps gathered into no more bins than a figure can show, each value the mean of its steps. When
 * all bins are full, neighbours merge and the width doubles, so that any number of steps takes the
 * same memory.
 */
final class StepBins {

  /** Bins kept; even, so that all of them have a neighbour to merge with. */
  static final int MOST = 200;

  private final List<Bin> bins = new ArrayList<>();
  private int width = 1;

  /** Sums over the steps of a bin. */
  private static final class Bin {
    private int steps;
    private long last;
    private long examples;
    private double seconds;
    private final Mean loss = new Mean();
    private final Mean rate = new Mean();
    private final Mean gradientNorm = new Mean();

    void add(Step step) {
      steps++;
      last = step.number();
      examples += step.examples();
      seconds += step.seconds();
      loss.add(step.loss());
      rate.add(step.rate());
      gradientNorm.add(step.gradientNorm());
    }

    Bin with(Bin next) {
      steps += next.steps;
      last = next.last;
      examples += next.examples;
      seconds += next.seconds;
      loss.add(next.loss);
      rate.add(next.rate);
      gradientNorm.add(next.gradientNorm);
      return this;
    }
  }

  /** Of what is finite; NaN of nothing. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      if (Double.isFinite(value)) {
        sum += value;
        count++;
      }
    }

    void add(Mean other) {
      sum += other.sum;
      count += other.count;
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }

  void add(Step step) {
    if (bins.isEmpty() || bins.get(bins.size() - 1).steps == width) {
      if (bins.size() == MOST) {
        merge();
      }
      bins.add(new Bin());
    }
    bins.get(bins.size() - 1).add(step);
  }

  private void merge() {
    for (int b = 0; b < MOST / 2; b++) {
      bins.set(b, bins.get(2 * b).with(bins.get(2 * b + 1)));
    }
    bins.subList(MOST / 2, MOST).clear();
    width *= 2;
  }

  boolean isEmpty() {
    return bins.isEmpty();
  }

  /** The last step of each bin. */
  double[] steps() {
    return values(bin -> bin.last);
  }

  /** Means of the losses; NaN where no step has one, likewise below. */
  double[] loss() {
    return values(bin -> bin.loss.value());
  }

  double[] rate() {
    return values(bin -> bin.rate.value());
  }

  double[] gradientNorm() {
    return values(bin -> bin.gradientNorm.value());
  }

  /** Pairs per second. */
  double[] throughput() {
    return values(bin -> bin.examples / bin.seconds);
  }

  private double[] values(ToDoubleFunction<Bin> value) {
    return bins.stream().mapToDouble(value).toArray();
  }
}
