package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;
import org.visionfashion.engine.TestDevice;

/** The fused optimizer against the paper's algorithm 2 in doubles. */
class AdamWTest {

  private static final List<Shape> SHAPES =
      List.of(new Shape(3, 4), new Shape(5), new Shape(), new Shape(2, 1, 3, 2), new Shape(1, 7));

  private static OptimizerConfig config(double clip) {
    return Binder.of(
        OptimizerConfig.class,
        "weight_decay=0.1",
        "beta1=0.8",
        "beta2=0.95",
        "eps=1e-3",
        "clip=" + clip,
        "schedule=constant",
        "warmup=0");
  }

  /** One tensor's slow optimizer. */
  private static final class Slow {

    private final double[] w;
    private final double[] m;
    private final double[] v;
    private final double decay;

    Slow(double[] start, double decay) {
      w = start;
      m = new double[w.length];
      v = new double[w.length];
      this.decay = decay;
    }

    void step(float[] gradient, double scale, double lr, int t) {
      for (int i = 0; i < w.length; i++) {
        double g = scale * gradient[i];
        w[i] -= lr * decay * w[i];
        m[i] = 0.8 * m[i] + 0.2 * g;
        v[i] = 0.95 * v[i] + 0.05 * g * g;
        double mean = m[i] / (1 - Math.pow(0.8, t));
        double square = v[i] / (1 - Math.pow(0.95, t));
        w[i] -= lr * mean / (Math.sqrt(square) + 1e-3);
      }
    }
  }

  private static float[] normal(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Makes {@code gradient} the gradient of {@code parameter}. */
  private static void give(Operations operations, NDArray parameter, float[] gradient) {
    try (NDManager scope = parameter.getManager().newSubManager();
        Gradients recorded = Gradients.record()) {
      NDArray zero = scope.zeros(parameter.getShape());
      NDArray one = scope.ones(new Shape(2));
      NDArray copy = operations.call("weighted_sum", zero, parameter, one);
      recorded.backward(copy, NativeArrays.create(scope, gradient, parameter.getShape()));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1.5, 1000})
  void severalStepsAgainstASlowOracle(double clip) {
    Random random = new Random(11);
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      Map<String, Slow> slow = new LinkedHashMap<>();
      for (Shape shape : SHAPES) {
        float[] start = normal(random, (int) shape.size());
        String name = "p" + parameters.size();
        parameters.put(name, NativeArrays.create(manager, start, shape));
        double[] doubles = IntStream.range(0, start.length).mapToDouble(i -> start[i]).toArray();
        slow.put(name, new Slow(doubles, shape.dimension() >= 2 ? 0.1 : 0)); // matrices only
      }
      Map<String, Double> factors = Map.of("p1", 0.5, "p3", 0.1);
      ToDoubleFunction<String> factor = name -> factors.getOrDefault(name, 1.0);
      try (AdamW adamW =
          new AdamW(operations, manager.newSubManager(), parameters, config(clip), factor)) {
        for (int t = 1; t <= 6; t++) {
          Map<String, float[]> gradients = new LinkedHashMap<>();
          double squares = 0;
          for (Map.Entry<String, NDArray> entry : parameters.entrySet()) {
            float[] gradient = normal(random, (int) entry.getValue().size());
            gradients.put(entry.getKey(), gradient);
            give(operations, entry.getValue(), gradient);
            for (float g : gradient) {
              squares += (double) g * g;
            }
          }
          double norm = adamW.gradientNorm();
          assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-5));
          double lr = 0.1 / t;
          adamW.step(lr, norm, 1);
          double scale = clip > 0 ? Math.min(1, clip / (norm + 1e-6)) : 1;
          for (String name : parameters.keySet()) {
            double rate = lr * factor.applyAsDouble(name);
            slow.get(name).step(gradients.get(name), scale, rate, t);
            check(name + " after step " + t, parameters.get(name), slow.get(name).w);
          }
          assertThat(adamW.gradientNorm()).as("gradients are zeroed").isZero();
        }
      }
    }
  }

  private static void check(String what, NDArray actual, double[] expected) {
    float[] values = actual.toFloatArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i]).as(what).isCloseTo(expected[i], within(2e-6));
    }
  }

  @Test
  void theOrderOfTheNormIsTheOrderGiven() {
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      Map<String, NDArray> parameters = new LinkedHashMap<>();
      for (int i = 0; i < 20; i++) {
        parameters.put("p" + 31 * i % 20, manager.zeros(new Shape(2, 2)));
      }
      try (AdamW adamW = new AdamW(operations, manager.newSubManager(), parameters, config(0))) {
        assertThat(adamW.names()).containsExactlyElementsOf(parameters.keySet());
        assertThat(adamW.state().keySet()).contains("first.p0", "second.p7", "steps.p19");
      }
    }
  }
}
