package org.visionfashion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.NativeArrays;

/** The largest scale: a bound of the parameter lets it come back, a bound of the loss does not. */
class ScaleClampTest {

  private static final double LARGEST = Math.log(100);

  private static double logScale(DualEncoder model) {
    return model.logScale().toFloatArray()[0];
  }

  @ParameterizedTest
  @CsvSource({"5, 4.605170", "4.7, 4.605170", "4.6, 4.6", "2.5, 2.5", "-0.5, 0"})
  void theParameterIsBroughtBack(float before, double after) {
    try (DualEncoder model = Golden.model()) {
      model.operations().assign(model.logScale(), new float[] {before});
      model.logScale().setRequiresGradient(true);
      model.clampScale();
      assertThat(logScale(model)).isCloseTo(after, within(1e-6));
    }
  }

  /** d loss / d log scale where all pairs are wrong, so that the scale wants to fall. */
  private static double gradient(DualEncoder model, double bound) {
    try (NDManager scope = model.newScope();
        Gradients recorded = Gradients.record()) {
      NDArray image_BE = scope.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
      NDArray text_BE = scope.create(new float[] {0, 1, 1, 0}, new Shape(2, 2));
      NDArray part = NativeArrays.onHost(scope, DataType.FLOAT32, 0, 2);
      NDArray constants = NativeArrays.onHost(scope, DataType.FLOAT32, 0, 0, bound);
      NDArray caption_B = scope.create(new long[] {0, 1});
      recorded.backward(
          model
              .operations()
              .call("infonce", part, image_BE, text_BE, caption_B, model.logScale(), constants));
      try (NDArray gradient = model.logScale().getGradient()) {
        return gradient.toFloatArray()[0];
      }
    }
  }

  @Test
  void aScaleBeyondTheLargestComesBack() {
    try (DualEncoder model = Golden.model()) {
      model.operations().assign(model.logScale(), new float[] {5});
      model.logScale().setRequiresGradient(true);
      assertThat(gradient(model, 100)).as("inside the loss: no way back").isZero();

      model.clampScale();
      double slope = gradient(model, Double.POSITIVE_INFINITY);
      assertThat(slope).isCloseTo(100, within(0.1)); // the loss is the scale itself
      model.operations().assign(model.logScale(), new float[] {(float) (LARGEST - 1e-3 * slope)});
      model.clampScale();
      assertThat(logScale(model)).isCloseTo(LARGEST - 0.1, within(1e-3));
    }
  }
}
