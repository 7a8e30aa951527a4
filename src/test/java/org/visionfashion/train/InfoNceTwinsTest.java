package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;
import org.visionfashion.model.Labels;

/** Pairs with equal captions, in InfoNCE. */
class InfoNceTwinsTest {

  private static final int SIZE = 5;

  /** Examples 0 and 3, and 1 and 4, have the same captions. */
  private static final long[] CAPTIONS = {7, 8, 9, 7, 8};

  private static final float[][] SIMILARITY = {
    {.3f, .1f, -.2f, .5f, 0f},
    {.2f, .4f, .1f, -.1f, .3f},
    {-.3f, .2f, .1f, .2f, -.4f},
    {.1f, 0f, .3f, .2f, .1f},
    {.5f, -.2f, .2f, .1f, .3f}
  };

  private record Result(double loss, float[][] gradient_BB) {}

  /** Texts are the unit vectors: a picture's embedding is its row of similarities. */
  private static Result result(boolean multiPositive, double smoothing, long[] captions) {
    try (DualEncoder model = Golden.model();
        NDManager scope = model.newScope()) {
      model.operations().assign(model.logScale(), new float[] {(float) Math.log(5)});
      NDArray image_BE = scope.create(SIMILARITY);
      image_BE.setRequiresGradient(true);
      NDArray text_BE = scope.eye(SIZE);
      Labels labels = new Labels(null, null, scope.create(captions));
      Objective<?> objective =
          new ContrastiveObjective(
              model,
              Binder.of(
                  ObjectiveConfig.class,
                  "temperature=0.2",
                  "label_smoothing=" + smoothing,
                  "multi_positive=" + multiPositive));
      NDArray whole = Parts.Part.whole(SIZE).onHost(scope);
      double loss;
      try (Gradients recorded = Gradients.record()) {
        NDArray value = objective.loss(new NDList(image_BE, text_BE), labels, whole);
        recorded.backward(value);
        loss = value.toFloatArray()[0];
      }
      float[] flat = image_BE.getGradient().toFloatArray();
      float[][] gradient_BB = new float[SIZE][SIZE];
      for (int i = 0; i < SIZE; i++) {
        System.arraycopy(flat, i * SIZE, gradient_BB[i], 0, SIZE);
      }
      return new Result(loss, gradient_BB);
    }
  }

  private static double loss(double smoothing) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += row(i, smoothing, false) + row(i, smoothing, true);
    }
    return sum / (2 * SIZE);
  }

  /** The oracle: cross entropy of a row or a column among all but the other twins. */
  private static double row(int i, double smoothing, boolean column) {
    double exponentials = 0;
    double others = 0;
    int candidates = 0;
    for (int j = 0; j < SIZE; j++) {
      if (j == i || CAPTIONS[j] != CAPTIONS[i]) {
        double logit = 5 * (column ? SIMILARITY[j][i] : SIMILARITY[i][j]);
        exponentials += Math.exp(logit);
        others += logit;
        candidates++;
      }
    }
    double own = 5 * SIMILARITY[i][i];
    double log = Math.log(exponentials);
    return (1 - smoothing) * (log - own) + smoothing * (log - others / candidates);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2})
  void theLossIsThatOfTheCandidatesThatAreLeft(double smoothing) {
    assertThat(result(true, smoothing, CAPTIONS).loss()).isCloseTo(loss(smoothing), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2})
  void noTwoEqualCaptionsArePushedApartAndAllOthersAre(double smoothing) {
    Result twins = result(true, smoothing, CAPTIONS);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        float gradient = twins.gradient_BB()[i][j];
        if (i == j) {
          assertThat(gradient).as("pair %d is pulled together", i).isNegative();
        } else if (CAPTIONS[i] == CAPTIONS[j]) {
          assertThat(gradient).as("%d and %d", i, j).isZero();
        } else if (smoothing == 0) {
          assertThat(gradient).as("%d and %d are pushed apart", i, j).isPositive();
        }
      }
    }
  }

  @Test
  void withoutTheKeyTheyArePushedApart() {
    assertThat(result(false, 0, CAPTIONS).gradient_BB()[0][3]).isPositive();
  }

  @Test
  void withoutEqualCaptionsTheKeyChangesNothing() {
    long[] distinct = {1, 2, 3, 4, 5};
    Result without = result(false, 0.1, distinct);
    Result with = result(true, 0.1, distinct);
    assertThat(with.loss()).isCloseTo(without.loss(), within(1e-6));
    for (int i = 0; i < SIZE; i++) {
      assertThat(with.gradient_BB()[i]).containsExactly(without.gradient_BB()[i], offset());
    }
  }

  private static org.assertj.core.data.Offset<Float> offset() {
    return within(1e-6f);
  }
}
