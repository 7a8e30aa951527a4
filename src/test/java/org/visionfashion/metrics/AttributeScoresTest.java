package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeScoresTest {

  private final GoldenMetrics golden = new GoldenMetrics();

  /** The same numbers as the oracle's, by the statistics themselves. */
  private static AttributeOracle scored(float[][] score_NA, byte[][] label_NA) {
    Items items = Items.together(label_NA.length);
    double[] precision_K = AveragePrecision.of(score_NA, label_NA, items).value();
    return oracle(
        AttributeScores.of(score_NA, label_NA, items, 1, 3, 5),
        precision_K[precision_K.length - 1]);
  }

  private static AttributeOracle oracle(AttributeScores scores, double precision) {
    double[] value_K = scores.value();
    return new AttributeOracle(
        scores.examples(), recall(value_K, 0), recall(value_K, 1), recall(value_K, 2), precision);
  }

  private static RecallOracle recall(double[] value_K, int k) {
    return new RecallOracle(
        value_K[AttributeScores.at(k, AttributeScores.PER_IMAGE)],
        value_K[AttributeScores.at(k, AttributeScores.POOLED)],
        value_K[AttributeScores.at(k, AttributeScores.PER_ATTRIBUTE)]);
  }

  private static AttributeOracle ceiling(byte[][] label_NA) {
    Items items = Items.together(label_NA.length);
    return oracle(AttributeScores.ceiling(label_NA, items, 1, 3, 5), 1);
  }

  private static double[] each(float[][] score_NA, byte[][] label_NA) {
    double[] value_K =
        AveragePrecision.of(score_NA, label_NA, Items.together(label_NA.length)).value();
    return Arrays.copyOf(value_K, value_K.length - 1);
  }

  private static double precision(float[] score_N, byte... label_N) {
    float[][] score_NA = new float[score_N.length][1];
    byte[][] label_NA = new byte[score_N.length][1];
    for (int n = 0; n < score_N.length; n++) {
      score_NA[n][0] = score_N[n];
      label_NA[n][0] = label_N[n];
    }
    return each(score_NA, label_NA)[0];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsTheReference(boolean masked) {
    byte[][] label_NA = golden.bytes("attribute.labels");
    if (masked) {
      hide(label_NA, golden.bytes("attribute.mask"));
    }
    float[][] logit_NA = golden.floats("attribute.logits");
    String path = masked ? "attributes_masked/" : "attributes/";
    AttributeOracle scores = scored(logit_NA, label_NA);
    assertRecall(scores, path + "recall/");
    assertRecall(ceiling(label_NA), path + "ceiling/");
    assertRecall(
        scored(
            ConstantPredictor.scores(golden.longs("attribute.train_counts"), label_NA.length),
            label_NA),
        path + "frequency_baseline/");
    assertThat(scores.examples())
        .isEqualTo(
            golden.expected(path + "images").intValue()
                - golden.expected(path + "images_without_true_attribute").intValue());
    assertThat(scores.meanAveragePrecision())
        .isCloseTo(golden.number(path + "average_precision/macro"), within(1e-9));

    double[] expected = golden.doubles(masked ? "attribute.ap_masked" : "attribute.ap");
    assertRecall(AttributeOracle.of(logit_NA, label_NA), path + "recall/");
    double[] actual = each(logit_NA, label_NA);
    assertThat(PrecisionOracle.each(logit_NA, label_NA)).containsExactly(actual, within(1e-12));
    for (int a = 0; a < expected.length; a++) {
      double value = Double.isNaN(actual[a]) ? -1 : actual[a];
      assertThat(value).as("attribute %d", a).isCloseTo(expected[a], within(1e-9));
    }
  }

  private static void hide(byte[][] label_NA, byte[][] mask_NA) {
    for (int n = 0; n < label_NA.length; n++) {
      for (int a = 0; a < label_NA[n].length; a++) {
        label_NA[n][a] = mask_NA[n][a] == 0 ? AttributeOracle.UNKNOWN : label_NA[n][a];
      }
    }
  }

  private void assertRecall(AttributeOracle scores, String path) {
    assertRecall(scores.at1(), path + "@1/");
    assertRecall(scores.at3(), path + "@3/");
    assertRecall(scores.at5(), path + "@5/");
  }

  private void assertRecall(RecallOracle recall, String path) {
    assertThat(recall.perImage())
        .as(path)
        .isCloseTo(golden.number(path + "per_image_mean"), within(1e-9));
    assertThat(recall.pooled()).as(path).isCloseTo(golden.number(path + "pooled"), within(1e-9));
    assertThat(recall.perAttribute())
        .as(path)
        .isCloseTo(golden.number(path + "per_attribute_mean"), within(1e-9));
  }

  @Test
  void averagePrecisionGroupsTies() {
    JsonNode scores = golden.expected("average_precision_with_ties/scores");
    JsonNode labels = golden.expected("average_precision_with_ties/labels");
    float[] score_N = new float[scores.size()];
    byte[] label_N = new byte[scores.size()];
    for (int n = 0; n < score_N.length; n++) {
      score_N[n] = scores.get(n).floatValue();
      label_N[n] = (byte) labels.get(n).intValue();
    }
    assertThat(precision(score_N, label_N))
        .isCloseTo(golden.number("average_precision_with_ties/expected"), within(1e-9));
  }

  /** Minus zero and zero are one threshold: one of two is right. */
  @Test
  void averagePrecisionOfSignedZeros() {
    assertThat(precision(new float[] {-0f, 0f}, (byte) 1, (byte) 0)).isEqualTo(0.5);
    assertThat(precision(new float[] {0f, -0f}, (byte) 1, (byte) 0)).isEqualTo(0.5);
    assertThat(precision(new float[] {1}, (byte) 0)).isNaN();
  }

  /**
   * Pencil, k = 1, three attributes. First image: T = {0, 1}, K = {0}. Second: T = {1}, the best is
   * unknown, of the tied rest the lower wins, K = {1}. Third: T = {} is skipped. Fourth: T = {2}, K
   * = {0}.
   */
  @Test
  void fourImages() {
    float[][] score_NA = {{3, 2, 1}, {9, 5, 5}, {1, 2, 3}, {3, 2, 1}};
    byte[][] label_NA = {{1, 1, 0}, {-1, 1, 0}, {0, 0, 0}, {0, 0, 1}};
    assertThat(scored(score_NA, label_NA).at1())
        .isEqualTo(new RecallOracle(0.5, 0.5, (1 + 0.5 + 0) / 3));
    assertThat(RecallOracle.images(score_NA, label_NA, 1)).containsExactly(0.5, 1, Double.NaN, 0);
    assertThat(scored(score_NA, label_NA).examples()).isEqualTo(3);
    assertThat(ceiling(label_NA).at1().perImage()).isCloseTo((0.5 + 1 + 1) / 3, within(1e-12));
  }

  @Test
  void equalsTheNaiveOracle() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] score_NA = Random2d.coarse(random, 50, 13, 3);
    byte[][] label_NA = Random2d.labels(random, 50, 13);
    AttributeOracle scores = scored(score_NA, label_NA);
    assertThat(scores.at1()).as("seed %d", seed).satisfies(close(naive(score_NA, label_NA, 1)));
    assertThat(scores.at3()).as("seed %d", seed).satisfies(close(naive(score_NA, label_NA, 3)));
    assertThat(scores.at5()).as("seed %d", seed).satisfies(close(naive(score_NA, label_NA, 5)));
    for (int a = 0; a < 13; a++) {
      assertThat(each(score_NA, label_NA)[a])
          .as("seed %d, attribute %d", seed, a)
          .isCloseTo(naivePrecision(score_NA, label_NA, a), within(1e-12));
    }
  }

  private static Consumer<RecallOracle> close(RecallOracle expected) {
    return actual -> {
      assertThat(actual.perImage()).isCloseTo(expected.perImage(), within(1e-12));
      assertThat(actual.pooled()).isCloseTo(expected.pooled(), within(1e-12));
      assertThat(actual.perAttribute()).isCloseTo(expected.perAttribute(), within(1e-12));
    };
  }

  private static RecallOracle naive(float[][] score_NA, byte[][] label_NA, int k) {
    int attributes = score_NA[0].length;
    double[] hits = new double[attributes];
    double[] trues = new double[attributes];
    List<Double> recalls = new ArrayList<>();
    for (int n = 0; n < score_NA.length; n++) {
      float[] score = score_NA[n];
      byte[] label = label_NA[n];
      List<Integer> top =
          IntStream.range(0, attributes)
              .filter(a -> label[a] >= 0)
              .boxed()
              .sorted(Comparator.comparing(a -> -score[a]))
              .limit(k)
              .toList();
      double hit = top.stream().filter(a -> label[a] == 1).count();
      double all = IntStream.range(0, attributes).filter(a -> label[a] == 1).count();
      if (all > 0) {
        recalls.add(hit / all);
      }
      for (int a = 0; a < attributes; a++) {
        trues[a] += label[a] == 1 ? 1 : 0;
        hits[a] += label[a] == 1 && top.contains(a) ? 1 : 0;
      }
    }
    return new RecallOracle(
        recalls.stream().mapToDouble(r -> r).average().orElseThrow(),
        Arrays.stream(hits).sum() / Arrays.stream(trues).sum(),
        IntStream.range(0, attributes)
            .filter(a -> trues[a] > 0)
            .mapToDouble(a -> hits[a] / trues[a])
            .average()
            .orElseThrow());
  }

  private static double naivePrecision(float[][] score_NA, byte[][] label_NA, int a) {
    TreeSet<Float> thresholds = new TreeSet<>(Comparator.reverseOrder());
    double trues = 0;
    for (int n = 0; n < score_NA.length; n++) {
      thresholds.add(score_NA[n][a]);
      trues += label_NA[n][a] == 1 ? 1 : 0;
    }
    double sum = 0;
    double recall = 0;
    for (float threshold : thresholds) {
      double found = 0;
      double ranked = 0;
      for (int n = 0; n < score_NA.length; n++) {
        boolean counted = label_NA[n][a] >= 0 && score_NA[n][a] >= threshold;
        ranked += counted ? 1 : 0;
        found += counted && label_NA[n][a] == 1 ? 1 : 0;
      }
      sum += ranked == 0 ? 0 : (found / trues - recall) * found / ranked;
      recall = found / trues;
    }
    return sum;
  }

  @Test
  void refusesANaN() {
    assertThatThrownBy(() -> scored(new float[][] {{Float.NaN}}, new byte[1][1]))
        .hasMessageContaining("row 0 holds NaN");
  }
}
