package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.metrics.GroundTruthMetric.Kind;

/** Qrels worked out by hand, and chance and ceiling over all orders of a few documents. */
class GroundTruthScoresTest {

  private static final GroundTruthMetric HIT_1 = new GroundTruthMetric(Kind.HIT, 1);
  private static final GroundTruthMetric RECALL_1 = new GroundTruthMetric(Kind.RECALL, 1);
  private static final GroundTruthMetric RECALL_10 = new GroundTruthMetric(Kind.RECALL, 10);
  private static final GroundTruthMetric PRECISION_10 = new GroundTruthMetric(Kind.PRECISION, 10);
  private static final GroundTruthMetric MRR_10 = new GroundTruthMetric(Kind.RECIPROCAL_RANK, 10);
  private static final GroundTruthMetric NDCG_10 = new GroundTruthMetric(Kind.NDCG, 10);
  private static final GroundTruthMetric BINARY_10 = new GroundTruthMetric(Kind.BINARY_NDCG, 10);
  private static final List<GroundTruthMetric> METRICS =
      List.of(HIT_1, RECALL_1, RECALL_10, PRECISION_10, MRR_10, NDCG_10, BINARY_10);

  /** One query whose scores of the documents are given. */
  private static GroundTruthScores of(Judgement judgement, float... score_N) {
    float[][] row_NE = new float[score_N.length][];
    Arrays.setAll(row_NE, n -> new float[] {score_N[n]});
    int[] document_N = IntStream.range(0, score_N.length).toArray();
    return GroundTruthScores.of(
        METRICS, new float[][] {{1}}, row_NE, document_N, List.of(judgement));
  }

  private static Judgement judged(int[] document_R, int[] gain_R, int... missing_M) {
    return new Judgement(document_R, gain_R, missing_M, -1);
  }

  @Test
  void twoAnswersBehindAWrongOne() {
    GroundTruthScores scores = of(judged(new int[] {1, 2}, new int[] {1, 1}), .9f, .8f, .7f);
    assertThat(scores.found().value())
        .containsExactly(new double[] {0, 0, 1, .2, .5, .6934264036, .6934264036}, within(1e-9));
    assertThat(scores.best_K()).containsExactly(new double[] {1, .5, 1, .2, 1, 1, 1}, within(1e-9));
  }

  /** Gains 3 and 1 at ranks 3 and 1; another document of gain 2 does not exist. */
  @Test
  void gradedAndOneMissing() {
    GroundTruthScores scores =
        of(judged(new int[] {0, 1, 2}, new int[] {3, 1, -1}, 2, 0), .1f, .9f, .5f);
    assertThat(scores.found().value())
        .containsExactly(
            new double[] {1, 1 / 3.0, 2 / 3.0, .2, 1, 2.5 / 4.7618595071, 1.5 / 2.1309297536},
            within(1e-9));
    assertThat(scores.best_K())
        .containsExactly(
            new double[] {
              1, 1 / 3.0, 2 / 3.0, .2, 1, 3.6309297536 / 4.7618595071, 1.6309297536 / 2.1309297536
            },
            within(1e-9));
  }

  /** All tie, so the answer comes last; the second query has none and counts as 0. */
  @Test
  void tiesAndAQueryWithoutAnswer() {
    GroundTruthScores scores =
        GroundTruthScores.of(
            METRICS,
            new float[][] {{1}, {1}},
            new float[][] {{1}, {1}, {1}, {1}},
            new int[] {0, 1, 2, 3},
            List.of(judged(new int[] {3}, new int[] {1}), judged(new int[] {0}, new int[] {0})));
    assertThat(scores.found().value())
        .containsExactly(
            new double[] {0, 0, .5, .05, .125, .2153382790, .2153382790}, within(1e-9));
    assertThat(scores.best_K()[0]).isEqualTo(.5);
    assertThat(scores.chance_K()[0]).isEqualTo(.125);
  }

  @Test
  void aDocumentOfSeveralRowsCountsOnceAndOneIsLeftOut() {
    GroundTruthScores scores =
        GroundTruthScores.of(
            METRICS,
            new float[][] {{1}},
            new float[][] {{.2f}, {.9f}, {.8f}, {.5f}},
            new int[] {0, 1, 1, 0},
            List.of(new Judgement(new int[] {0, 1}, new int[] {1, 1}, new int[0], 1)));
    assertThat(scores.found().value()[0]).isEqualTo(1);
    assertThat(scores.found().value()[2]).isEqualTo(.5);
    assertThat(scores.best_K()[2]).isEqualTo(.5);
    assertThat(scores.chance_K()[0]).isEqualTo(1);
  }

  @Test
  void chanceAndCeilingAreMeanAndMaximumOverAllOrders() {
    Judgement judgement = judged(new int[] {1, 3}, new int[] {2, 1}, 1);
    List<float[]> orders = orders(List.of(), 5);
    assertThat(orders).hasSize(120);
    double[] sum_K = new double[METRICS.size()];
    double[] most_K = new double[METRICS.size()];
    for (float[] order : orders) {
      double[] value_K = of(judgement, order).found().value();
      for (int k = 0; k < sum_K.length; k++) {
        sum_K[k] += value_K[k] / orders.size();
        most_K[k] = Math.max(most_K[k], value_K[k]);
      }
    }
    GroundTruthScores scores = of(judgement, orders.get(0));
    assertThat(scores.chance_K()).containsExactly(sum_K, within(1e-9));
    assertThat(scores.best_K()).containsExactly(most_K, within(1e-9));
  }

  private static List<float[]> orders(List<Integer> begun, int size) {
    if (begun.size() == size) {
      float[] scores = new float[size];
      IntStream.range(0, size).forEach(i -> scores[i] = begun.get(i));
      return List.of(scores);
    }
    List<float[]> orders = new ArrayList<>();
    for (int next = 0; next < size; next++) {
      if (!begun.contains(next)) {
        List<Integer> longer = new ArrayList<>(begun);
        longer.add(next);
        orders.addAll(orders(longer, size));
      }
    }
    return orders;
  }

  @Test
  void nanIsRefused() {
    Judgement judgement = judged(new int[] {0}, new int[] {1});
    assertThatThrownBy(() -> of(judgement, .5f, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("document");
  }
}
