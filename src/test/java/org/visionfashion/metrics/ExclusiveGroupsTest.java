package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;

class ExclusiveGroupsTest {

  private static final AttributeGroup HAT =
      new AttributeGroup("hat", List.of("no", "yes", "NA"), Kind.SHAPE, 2);
  private static final AttributeGroup TAGS =
      new AttributeGroup("", List.of("new", "sale"), Kind.TAGS, -1);
  private static final AttributeGroup FABRIC =
      new AttributeGroup("fabric", List.of("denim", "cotton"), Kind.TEXTURE, -1);
  private static final AttributeGroup FABRIC_WITH_NA =
      new AttributeGroup("fabric", List.of("denim", "cotton", "NA"), Kind.TEXTURE, 2);

  /** A = 7: hat 3, tags 2, fabric 2. */
  private final LabelScheme card = new LabelScheme("card", List.of(), List.of(HAT, TAGS, FABRIC));

  private final LabelScheme paper =
      new LabelScheme("paper", List.of(), List.of(HAT, FABRIC_WITH_NA));

  @Test
  void readsNaWhetherOrNotItHasAnOutput() {
    ExclusiveGroups textures = ExclusiveGroups.textures(card);
    byte[][] label_NA = {
      {0, 1, 0, 1, 1, 1, 0}, {0, 1, 0, 1, 1, 0, 0}, {0, 1, 0, 1, 1, -1, -1},
    };
    assertThat(textures.width()).isEqualTo(3);
    assertThat(textures.labels(label_NA))
        .isDeepEqualTo(new byte[][] {{1, 0, 0}, {0, 0, 1}, {-1, -1, -1}});
    assertThat(textures.scores(new float[][] {{0, 0, 0, 0, 0, -2, 3}}))
        .isDeepEqualTo(new float[][] {{-2, 3, -3}});

    ExclusiveGroups withNa = ExclusiveGroups.textures(paper);
    assertThat(withNa.labels(new byte[] {0, 1, 0, 0, 0, 1})).containsExactly(0, 0, 1);
    assertThat(withNa.scores(new float[][] {{0, 0, 0, -2, 3, 4}}))
        .isDeepEqualTo(new float[][] {{-2, 3, 4}});
  }

  @Test
  void freeTagsAreNoGroup() {
    assertThat(ExclusiveGroups.all(card).names()).containsExactly("hat", "fabric");
    assertThat(ExclusiveGroups.all(card).width()).isEqualTo(6);
    LabelScheme tags = new LabelScheme("custom", List.of(), List.of(TAGS));
    ExclusiveGroups none = ExclusiveGroups.all(tags);
    assertThat(none.width()).isZero();
    assertThat(accuracies(none, new float[][] {{}}, new byte[][] {{}}, true)[0]).isNaN();
  }

  /**
   * Pencil: hat right, right, unlabelled = 1; fabric: all logits below 0 say NA, which is right
   * once; NA named where denim holds; cotton named where cotton holds = 2/3.
   */
  @Test
  void groupAccuracyIsTheMeanOverGroups() {
    ExclusiveGroups groups = ExclusiveGroups.all(card);
    float[][] logit_NA = {
      {0, 2, 1, 9, 9, -1, -2}, {5, 2, 1, 9, 9, -1, -2}, {5, 2, 1, 9, 9, -1, 0.1f},
    };
    byte[][] label_NA = {
      {0, 1, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 1, 0}, {-1, -1, -1, 0, 0, 0, 1},
    };
    assertThat(accuracies(groups, groups.scores(logit_NA), groups.labels(label_NA), true)[0])
        .isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
    // training says hat: no, fabric: NA
    assertThat(constant(groups, groups.labels(label_NA), true, 5, 1, 0, 1, 2, 3)[0])
        .isCloseTo((0.5 + 1 / 3.0) / 2, within(1e-12));
  }

  /**
   * The same without NA: hat right, right; fabric: the first image has none and is left out; of the
   * others denim is named where denim holds and cotton where cotton does. With NA as an answer the
   * second would be wrong.
   */
  @Test
  void withoutNaOnlyValuesAreAskedAndAnswered() {
    ExclusiveGroups groups = ExclusiveGroups.all(card);
    float[][] logit_NA = {
      {0, 2, 3, 9, 9, -1, -2}, {5, 2, 6, 9, 9, -1, -2}, {5, 2, 1, 9, 9, -1, 0.1f},
    };
    byte[][] label_NA = {
      {0, 1, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 1, 0}, {0, 0, 1, 0, 0, 0, 1},
    };
    float[][] score_NW = groups.scores(logit_NA);
    byte[][] label_NW = groups.labels(label_NA);
    assertThat(groups.outcomes(score_NW, label_NW, false))
        .isDeepEqualTo(new byte[][] {{1, -1}, {1, 1}, {-1, 1}});
    assertThat(accuracies(groups, score_NW, label_NW, false)).containsExactly(1, 1, 1);
    assertThat(accuracies(groups, score_NW, label_NW, true)).containsExactly(1 / 3.0, 0, 2 / 3.0);
    // training says hat: yes, fabric: cotton, although NA is more frequent
    assertThat(constant(groups, label_NW, false, 1, 5, 9, 1, 2, 9)).containsExactly(0.5, 0.5, 0.5);
  }

  /** The logit rule is the probability rule: 1 - p has minus the logit of p. */
  @Test
  void naOutranksAValueExactlyWhereOneMinusTheLargestProbabilityDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ExclusiveGroups textures = ExclusiveGroups.textures(card);
    float[][] logit_NA = Random2d.normal(random, 200, 7);
    float[][] score_NW = textures.scores(logit_NA);
    for (int n = 0; n < logit_NA.length; n++) {
      double denim = sigmoid(logit_NA[n][5]);
      double cotton = sigmoid(logit_NA[n][6]);
      double na = 1 - Math.max(denim, cotton);
      assertThat(score_NW[n][2] > score_NW[n][0]).as("seed %d", seed).isEqualTo(na > denim);
      assertThat(score_NW[n][2] > score_NW[n][1]).as("seed %d", seed).isEqualTo(na > cotton);
    }
  }

  /** The mean, then each group's. */
  private static double[] accuracies(
      ExclusiveGroups groups, float[][] score_NW, byte[][] label_NW, boolean withNa) {
    byte[][] outcome_NG = groups.outcomes(score_NW, label_NW, withNa);
    return groups.statistic(outcome_NG, Items.together(label_NW.length)).value();
  }

  private static double[] constant(
      ExclusiveGroups groups, byte[][] label_NW, boolean withNa, long... training_W) {
    float[][] score_NW = ConstantPredictor.scores(training_W, label_NW.length);
    return accuracies(groups, score_NW, label_NW, withNa);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
