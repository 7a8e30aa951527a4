package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategoryScoresTest {

  private final GoldenMetrics golden = new GoldenMetrics();

  /** The same numbers as the oracle's, by the statistic itself. */
  private static CategoryOracle scored(float[][] logit_NC, int[] label_N) {
    double[] value_K = CategoryScores.of(logit_NC, label_N, Items.together(label_N.length)).value();
    return new CategoryOracle(
        (int) Arrays.stream(label_N).filter(label -> label >= 0).count(),
        value_K[CategoryScores.TOP1],
        value_K[CategoryScores.TOP3],
        value_K[CategoryScores.TOP5],
        value_K[CategoryScores.MACRO_F1],
        value_K[CategoryScores.WEIGHTED_F1]);
  }

  @Test
  void equalsTheReference() {
    float[][] logit_NC = golden.floats("category.logits");
    int[] label_N = golden.ints("category.labels");
    int[] above_N = golden.ints("category.rank");
    CategoryOracle scores = scored(logit_NC, label_N);
    assertThat(scores.examples()).isEqualTo(CategoryOracle.of(logit_NC, label_N).examples());
    assertTop(CategoryOracle.of(logit_NC, label_N), "category/accuracy/");
    assertThat(CategoryOracle.ranks(logit_NC, label_N))
        .isEqualTo(
            IntStream.range(0, label_N.length)
                .filter(n -> label_N[n] >= 0)
                .map(n -> 1 + above_N[n])
                .toArray());
    assertThat(scores.examples()).isEqualTo(golden.expected("category/labelled").intValue());
    assertTop(scores, "category/accuracy/");
    assertTop(
        constant(golden.longs("category.train_counts"), label_N), "category/frequency_baseline/");
  }

  private static CategoryOracle constant(long[] training_C, int[] label_N) {
    return scored(ConstantPredictor.scores(training_C, label_N.length), label_N);
  }

  private void assertTop(CategoryOracle scores, String path) {
    assertThat(scores.top1()).isCloseTo(golden.number(path + "top1"), within(1e-9));
    assertThat(scores.top3()).isCloseTo(golden.number(path + "top3"), within(1e-9));
    assertThat(scores.top5()).isCloseTo(golden.number(path + "top5"), within(1e-9));
  }

  /**
   * Pencil, labels 0 0 1 2, predictions 0 1 1 1: F1 2/3, 1/2, 0, and class 3 occurs nowhere. The
   * unlabelled example, tie included, changes nothing.
   */
  @Test
  void fiveExamples() {
    float[][] logit_NC = {
      {9, 1, 0, -1}, {3, 4, 0, -1}, {0, 2, 1, -1}, {4, 5, 3, 0}, {1, 1, 1, 1},
    };
    CategoryOracle scores = scored(logit_NC, new int[] {0, 0, 1, 2, -1});
    assertThat(scores)
        .isEqualTo(
            new CategoryOracle(
                4, 0.5, 1, 1, (2 / 3.0 + 0.5 + 0) / 3, (2 * (2 / 3.0) + 0.5 + 0) / 4));
  }

  @Test
  void aTieGoesToTheLowerClass() {
    float[][] logit_NC = {{1, 1}, {1, 1}};
    assertThat(CategoryOracle.ranks(logit_NC, new int[] {0, 1})).containsExactly(1, 2);
  }

  /** The most frequent class of training, not of the test: here it never occurs. */
  @Test
  void theConstantPredictorKnowsTrainingOnly() {
    CategoryOracle scores = constant(new long[] {3, 10, 2}, new int[] {0, 0, 2});
    assertThat(scores.top1()).isZero();
    assertThat(scores.top3()).isEqualTo(1);
  }

  @Test
  void noLabelsNoScores() {
    CategoryOracle scores = scored(new float[2][3], new int[] {-1, -1});
    assertThat(scores.examples()).isZero();
    assertThat(scores.top1()).isNaN();
    assertThat(scores.macroF1()).isNaN();
    assertThat(scores.weightedF1()).isNaN();
  }

  @Test
  void macroF1EqualsPrecisionAndRecallByTheBook() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] logit_NC = Random2d.coarse(random, 60, 9, 2);
    int[] label_N = random.ints(60, -1, 8).toArray();
    int[] predicted_N = Arrays.stream(logit_NC).mapToInt(CategoryScoresTest::first).toArray();
    List<Integer> known = IntStream.range(0, 60).filter(n -> label_N[n] >= 0).boxed().toList();
    TreeSet<Integer> classes = new TreeSet<>();
    known.forEach(n -> classes.addAll(List.of(label_N[n], predicted_N[n])));
    double sum = 0;
    for (int c : classes) {
      double labelled = known.stream().filter(n -> label_N[n] == c).count();
      double predicted = known.stream().filter(n -> predicted_N[n] == c).count();
      double both = known.stream().filter(n -> label_N[n] == c && predicted_N[n] == c).count();
      double precision = predicted == 0 ? 0 : both / predicted;
      double recall = labelled == 0 ? 0 : both / labelled;
      sum += both == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
    assertThat(scored(logit_NC, label_N).macroF1())
        .as("seed %d", seed)
        .isCloseTo(sum / classes.size(), within(1e-12));
  }

  private static int first(float[] logit_C) {
    int best = 0;
    for (int c = 1; c < logit_C.length; c++) {
      best = logit_C[c] > logit_C[best] ? c : best;
    }
    return best;
  }
}
