package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.metrics.Calibration.Bin;

class ConfusionTest {

  /** Labels 0 0 1 2, predictions 0 1 1 1; class 3 occurs nowhere; a fifth is not labelled. */
  private final float[][] logit_NC = {
    {9, 1, 0, -1}, {3, 4, 0, -1}, {0, 2, 1, -1}, {4, 5, 3, 0}, {1, 1, 1, 1},
  };

  private final int[] label_N = {0, 0, 1, 2, -1};

  @Test
  void meanRecallEqualsTheReference() {
    GoldenMetrics golden = new GoldenMetrics();
    Confusion confusion =
        Confusion.of(golden.floats("category.logits"), golden.ints("category.labels"));
    double mean =
        IntStream.range(0, confusion.count_CC().length)
            .mapToDouble(confusion::recall)
            .filter(Double::isFinite)
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(golden.number("category/per_class_mean_top1"), within(1e-9));
    int right =
        IntStream.range(0, confusion.count_CC().length).map(c -> confusion.count_CC()[c][c]).sum();
    assertThat(right / golden.number("category/labelled"))
        .isCloseTo(golden.number("category/accuracy/top1"), within(1e-9));
  }

  @Test
  void fiveExamples() {
    Confusion confusion = Confusion.of(logit_NC, label_N);
    assertThat(confusion.count_CC())
        .isDeepEqualTo(new int[][] {{1, 1, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
    assertThat(confusion.support(0)).isEqualTo(2);
    assertThat(confusion.predicted(1)).isEqualTo(3);
    assertThat(confusion.precision(0)).isEqualTo(1);
    assertThat(confusion.precision(1)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(confusion.precision(2)).isNaN();
    assertThat(confusion.recall(0)).isEqualTo(0.5);
    assertThat(confusion.recall(3)).isNaN();
    assertThat(confusion.f1(2)).isZero();
    assertThat(confusion.f1(3)).isNaN();
  }

  /**
   * Pencil: three examples of confidence 0.8, two of them right, fall into (11/15, 12/15]; one of
   * confidence 1, wrong, into the last: (3 |0.8 - 2/3| + 1) / 4.
   */
  @Test
  void fourConfidences() {
    float sure = (float) Math.log(4);
    float[][] logits = {{sure, 0}, {0, sure}, {sure, 0}, {100, 0}, {0, 0}};
    Calibration calibration = Calibration.of(logits, new int[] {0, 1, 1, 1, -1});
    assertThat(calibration.expectedCalibrationError())
        .isCloseTo((3 * (0.8 - 2 / 3.0) + 1) / 4, within(1e-6));
    assertThat(calibration.bins()).hasSize(15);
    assertThat(calibration.bins().stream().mapToInt(Bin::count).sum()).isEqualTo(4);
    Bin last = calibration.bins().get(14);
    assertThat(last).isEqualTo(new Bin(14 / 15.0, 1, 1, 1, 0));
    Bin first = calibration.bins().get(0);
    assertThat(first.count()).isZero();
    assertThat(first.accuracy()).isNaN();
  }

  /** Labels drawn from the very probabilities are calibrated; sharper logits are too sure. */
  @Test
  void labelsFromTheProbabilitiesAreCalibrated() {
    Random random = new Random(17);
    float[][] logits = Random2d.normal(random, 20_000, 5);
    float[][] sharper = new float[logits.length][5];
    int[] labels = new int[logits.length];
    for (int n = 0; n < labels.length; n++) {
      double[] weight = new double[5];
      double sum = 0;
      for (int c = 0; c < 5; c++) {
        weight[c] = Math.exp(logits[n][c]);
        sum += weight[c];
        sharper[n][c] = 3 * logits[n][c];
      }
      double draw = random.nextDouble() * sum;
      while (labels[n] < 4 && draw >= weight[labels[n]]) {
        draw -= weight[labels[n]++];
      }
    }
    assertThat(Calibration.of(logits, labels).expectedCalibrationError()).isLessThan(0.02);
    assertThat(Calibration.of(sharper, labels).expectedCalibrationError()).isBetween(0.15, 1.0);
  }

  @Test
  void nothingLabelledNothingKnown() {
    assertThat(Calibration.of(new float[2][3], new int[] {-1, -1}).expectedCalibrationError())
        .isNaN();
  }
}
