package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LayerRatesConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;
import org.visionfashion.engine.TestDevice;

/** Gradients and sums of adapters against finite differences and plain loops. */
class AdaptersTest {

  private static final String MATRIX = "text_encoder.encoder.layer.0.output.dense.weight";
  private static final int OUT = 3;
  private static final int IN = 4;
  private static final int RANK = 2;
  private static final double SCALE = 5.0 / RANK;

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] merged(float[] base, float[] down, float[] up) {
    double[] matrix = new double[OUT * IN];
    for (int o = 0; o < OUT; o++) {
      for (int i = 0; i < IN; i++) {
        matrix[o * IN + i] = base[o * IN + i];
        for (int r = 0; r < RANK; r++) {
          matrix[o * IN + i] += SCALE * up[o * RANK + r] * down[r * IN + i];
        }
      }
    }
    return matrix;
  }

  /** A loss that is linear in the matrix, so that differences of it are exact. */
  private static double loss(float[] gradient, float[] base, float[] down, float[] up) {
    double[] matrix = merged(base, down, up);
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      sum += gradient[i] * matrix[i];
    }
    return sum;
  }

  @Test
  void gradientsAndSums() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      float[] base = normal(random, OUT * IN);
      NDArray matrix = NativeArrays.create(manager, base, new Shape(OUT, IN));
      NDArray other = NativeArrays.create(manager, new float[] {1}, new Shape(1));
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      parameters.put(MATRIX, matrix);
      parameters.put("logit_scale", other);
      LayerRatesConfig config =
          Binder.of(LayerRatesConfig.class, "lora_rank=" + RANK, "lora_alpha=5");
      try (Adapters adapters =
          new Adapters(operations, manager.newSubManager(), parameters, config, 1)) {
        assertThat(adapters.trained().keySet())
            .containsExactly(MATRIX + ".lora_down", MATRIX + ".lora_up", "logit_scale");
        adapters.merge();
        assertThat(matrix.toFloatArray()).as("nothing is added yet").isEqualTo(base);
        NDArray down = adapters.trained().get(MATRIX + ".lora_down");
        NDArray up = adapters.trained().get(MATRIX + ".lora_up");
        down.setRequiresGradient(true);
        up.setRequiresGradient(true);
        float[] downs = down.toFloatArray();
        float[] ups = normal(random, OUT * RANK);
        operations.assign(up, ups);
        adapters.merge();
        assertClose(seed, matrix.toFloatArray(), merged(base, downs, ups));

        float[] gradient = normal(random, OUT * IN);
        AdaptersTest.give(operations, matrix, gradient);
        adapters.passGradientsOn();
        assertThat(matrix.getGradient().toFloatArray()).containsOnly(0);
        assertClose(
            seed,
            down.getGradient().toFloatArray(),
            differences(gradient, base, downs, ups, downs));
        assertClose(
            seed, up.getGradient().toFloatArray(), differences(gradient, base, downs, ups, ups));
      }
    }
  }

  private static double[] differences(
      float[] gradient, float[] base, float[] down, float[] up, float[] moved) {
    double[] differences = new double[moved.length];
    for (int i = 0; i < moved.length; i++) {
      float before = moved[i];
      moved[i] = before + 0.5f;
      double above = loss(gradient, base, down, up);
      float plus = moved[i];
      moved[i] = before - 0.5f;
      differences[i] = (above - loss(gradient, base, down, up)) / ((double) plus - moved[i]);
      moved[i] = before;
    }
    return differences;
  }

  private static void give(Operations operations, NDArray parameter, float[] gradient) {
    try (NDManager scope = parameter.getManager().newSubManager();
        Gradients recorded = Gradients.record()) {
      NDArray zero = scope.zeros(parameter.getShape());
      NDArray one = scope.ones(new Shape(2));
      NDArray copy = operations.call("weighted_sum", zero, parameter, one);
      recorded.backward(copy, NativeArrays.create(scope, gradient, parameter.getShape()));
    }
  }

  private static void assertClose(long seed, float[] actual, double[] expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("seed %d", seed).isCloseTo(expected[i], within(1e-4));
    }
  }
}
