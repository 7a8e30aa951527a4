package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

/** The law of all statistics: weights are worth as much as repeating an item's examples. */
class StatisticsTest {

  private static final int EXAMPLES = 60;

  private final GoldenMetrics golden = new GoldenMetrics();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Items items =
      Items.of(random.ints(EXAMPLES, 0, 20).mapToObj(Integer::toString).toList());

  /** Weights 0 to 3, and the examples that they stand for. */
  private final int[] weight_I = random.ints(items.count(), 0, 4).toArray();

  private final int[] repeated =
      IntStream.range(0, EXAMPLES)
          .flatMap(n -> IntStream.range(0, weight_I[items.item_N()[n]]).map(time -> n))
          .toArray();

  @Test
  void meansAreThoseOfRepeatedExamples() {
    double[] value_N = random.doubles(EXAMPLES).toArray();
    double[] other_N = random.doubles(EXAMPLES).toArray();
    Statistic means = Totals.means(items, List.of(value_N, other_N));
    assertThat(means.of(weight_I))
        .as("seed %d", seed)
        .containsExactly(
            new double[] {
              Arrays.stream(repeated).mapToDouble(n -> value_N[n]).average().orElseThrow(),
              Arrays.stream(repeated).mapToDouble(n -> other_N[n]).average().orElseThrow()
            },
            within(1e-12));
  }

  @Test
  void categoryScoresAreThoseOfRepeatedExamples() {
    float[][] logit_NC = Random2d.coarse(random, EXAMPLES, 9, 2);
    int[] label_N = random.ints(EXAMPLES, 0, 8).toArray();
    double[] scores = CategoryScores.of(logit_NC, label_N, items).of(weight_I);
    float[][] logit_MC = rows(logit_NC);
    int[] label_M = Arrays.stream(repeated).map(n -> label_N[n]).toArray();
    CategoryOracle expected = CategoryOracle.of(logit_MC, label_M);
    assertThat(Arrays.copyOf(scores, CategoryScores.RECALL))
        .as("seed %d", seed)
        .containsExactly(
            new double[] {
              expected.top1(),
              expected.top3(),
              expected.top5(),
              expected.macroF1(),
              expected.weightedF1()
            },
            within(1e-12));
    Confusion confusion = Confusion.of(logit_MC, label_M);
    for (int c = 0; c < 9; c++) {
      double recall = scores[CategoryScores.RECALL + c];
      assertThat(Double.isNaN(recall)).isEqualTo(confusion.support(c) == 0);
      if (confusion.support(c) > 0) {
        assertThat(recall).as("seed %d", seed).isCloseTo(confusion.recall(c), within(1e-12));
      }
    }
  }

  @Test
  void attributeScoresAreThoseOfRepeatedExamples() {
    float[][] score_NA = Random2d.coarse(random, EXAMPLES, 13, 3);
    byte[][] label_NA = Random2d.labels(random, EXAMPLES, 13);
    double[] scores = AttributeScores.of(score_NA, label_NA, items, 1, 3, 5).of(weight_I);
    AttributeOracle expected = AttributeOracle.of(rows(score_NA), rows(label_NA));
    assertThat(scores)
        .as("seed %d", seed)
        .containsExactly(
            Stream.of(expected.at1(), expected.at3(), expected.at5())
                .flatMap(at -> Stream.of(at.perImage(), at.pooled(), at.perAttribute()))
                .mapToDouble(recall -> recall)
                .toArray(),
            within(1e-12));
  }

  @Test
  void averagePrecisionsAreThoseOfRepeatedExamples() {
    for (float[][] score_NA :
        List.of(Random2d.coarse(random, EXAMPLES, 13, 3), Random2d.normal(random, EXAMPLES, 13))) {
      byte[][] label_NA = Random2d.labels(random, EXAMPLES, 13);
      double[] precisions = AveragePrecision.of(score_NA, label_NA, items).of(weight_I);
      double[] expected = PrecisionOracle.each(rows(score_NA), rows(label_NA));
      assertThat(Arrays.copyOf(precisions, 13))
          .as("seed %d", seed)
          .containsExactly(expected, within(1e-12));
      assertThat(precisions[13])
          .isCloseTo(PrecisionOracle.macro(rows(score_NA), rows(label_NA)), within(1e-12));
    }
  }

  @Test
  void groupAccuraciesAreThoseOfRepeatedExamples() {
    LabelScheme scheme =
        new LabelScheme(
            "card",
            List.of(),
            List.of(
                new AttributeGroup("hat", List.of("no", "yes", "NA"), Kind.SHAPE, 2),
                new AttributeGroup("fabric", List.of("denim", "cotton"), Kind.TEXTURE, -1)));
    ExclusiveGroups groups = ExclusiveGroups.all(scheme);
    float[][] score_NW = groups.scores(Random2d.normal(random, EXAMPLES, 5));
    byte[][] label_NW = groups.labels(Random2d.labels(random, EXAMPLES, 5));
    for (boolean withNotApplicable : new boolean[] {true, false}) {
      byte[][] outcome_NG = groups.outcomes(score_NW, label_NW, withNotApplicable);
      double[] scores = groups.statistic(outcome_NG, items).of(weight_I);
      double[] expected =
          GroupOracle.accuracies(
              groups.outcomes(rows(score_NW), rows(label_NW), withNotApplicable), 2);
      assertThat(Arrays.copyOfRange(scores, 1, 3))
          .as("seed %d", seed)
          .containsExactly(expected, within(1e-12));
      assertThat(scores[0])
          .isCloseTo(Arrays.stream(expected).average().orElseThrow(), within(1e-12));
    }
  }

  /** Every item once is the score itself: here the reference's. */
  @Test
  void onceEachIsTheReference() {
    byte[][] label_NA = golden.bytes("attribute.labels");
    float[][] logit_NA = golden.floats("attribute.logits");
    int[] once = IntStream.range(0, label_NA.length).map(n -> 1).toArray();
    Items alone = new Items(IntStream.range(0, once.length).toArray(), once.length);
    double[] precisions = AveragePrecision.of(logit_NA, label_NA, alone).of(once);
    assertThat(precisions[precisions.length - 1])
        .isCloseTo(golden.number("attributes/average_precision/macro"), within(1e-9));
    double[] expected = golden.doubles("attribute.ap");
    for (int a = 0; a < expected.length; a++) {
      double value = Double.isNaN(precisions[a]) ? -1 : precisions[a];
      assertThat(value).as("attribute %d", a).isCloseTo(expected[a], within(1e-9));
    }
    double[] recalls = AttributeScores.of(logit_NA, label_NA, alone, 1, 3, 5).of(once);
    List<Double> reference = new ArrayList<>();
    for (String k : List.of("@1", "@3", "@5")) {
      for (String way : List.of("per_image_mean", "pooled", "per_attribute_mean")) {
        reference.add(golden.number("attributes/recall/" + k + "/" + way));
      }
    }
    assertThat(recalls)
        .containsExactly(reference.stream().mapToDouble(value -> value).toArray(), within(1e-9));
  }

  @Test
  void itemsAreNumberedAsTheyAppear() {
    Items few = Items.of(List.of("b", "a", "b", "c"));
    assertThat(few.item_N()).containsExactly(0, 1, 0, 2);
    assertThat(few.count()).isEqualTo(3);
    assertThat(few.members()).isDeepEqualTo(new int[][] {{0, 2}, {1}, {3}});
    Items later = few.only(new int[] {1, 3});
    assertThat(later.item_N()).containsExactly(0, 1);
    assertThat(later.count()).isEqualTo(2);
  }

  private float[][] rows(float[][] all) {
    return Arrays.stream(repeated).mapToObj(n -> all[n]).toArray(float[][]::new);
  }

  private byte[][] rows(byte[][] all) {
    return Arrays.stream(repeated).mapToObj(n -> all[n]).toArray(byte[][]::new);
  }
}
