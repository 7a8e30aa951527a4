package org.visionfashion.report.curves;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.visionfashion.report.curves.StageCurves.Step;

/**
 * Steps gathered into at most so many neighbours as a figure can show, each value the mean of its
 * steps.
 */
final class Binned {

  private static final int MOST = 200;

  private final List<List<Step>> bins;

  Binned(List<Step> steps) {
    int size = (steps.size() + MOST - 1) / MOST;
    bins =
        IntStream.iterate(0, from -> from < steps.size(), from -> from + size)
            .mapToObj(from -> steps.subList(from, Math.min(steps.size(), from + size)))
            .toList();
  }

  /** The last step of each bin. */
  double[] steps() {
    return bins.stream().mapToDouble(bin -> bin.get(bin.size() - 1).number()).toArray();
  }

  /** Means of a value; NaN where no step has one. */
  double[] means(ToDoubleFunction<Step> value) {
    return bins.stream()
        .mapToDouble(
            bin ->
                bin.stream()
                    .mapToDouble(value)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN))
        .toArray();
  }

  /** Pairs a second. */
  double[] throughput() {
    return bins.stream()
        .mapToDouble(
            bin ->
                bin.stream().mapToInt(Step::examples).sum()
                    / bin.stream().mapToDouble(Step::seconds).sum())
        .toArray();
  }
}
