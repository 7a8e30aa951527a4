package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visionfashion.engine.Machine;
import org.visionfashion.engine.NativeArrays;
import org.visionfashion.engine.Operations;
import org.visionfashion.engine.TestDevice;

class WeightAverageTest {

  @Test
  void isThatOfASlowOracleAndStandsInForTheWeights() {
    Random random = new Random(5);
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      NDArray weight = NativeArrays.create(manager, new float[] {1, -2, 3}, new Shape(3));
      double[] expected = {1, -2, 3};
      try (WeightAverage average =
          new WeightAverage(operations, manager.newSubManager(), Map.of("w", weight), 0.5)) {
        for (int step = 0; step < 20; step++) {
          double keep = Math.min(0.5, (1.0 + step) / (10 + step));
          float[] next = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
          operations.assign(weight, next);
          average.add(step);
          for (int i = 0; i < expected.length; i++) {
            expected[i] = keep * expected[i] + (1 - keep) * next[i];
          }
        }
        float[] last = weight.toFloatArray();
        float[] standing = average.inPlace(weight::toFloatArray);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) standing[i]).isCloseTo(expected[i], within(1e-6));
        }
        assertThat(weight.toFloatArray()).isEqualTo(last);
        assertThat(average.state().get("w").toFloatArray()).isEqualTo(standing);
      }
    }
  }

  @Test
  void withoutADecayThereIsNone() {
    try (NDManager manager = Machine.newManager(TestDevice.get());
        Operations operations = new Operations(TestDevice.get())) {
      NDArray weight = NativeArrays.create(manager, new float[] {1}, new Shape(1));
      try (WeightAverage average =
          new WeightAverage(operations, manager.newSubManager(), Map.of("w", weight), 0)) {
        average.add(0);
        assertThat(average.state()).isEmpty();
        assertThat(average.inPlace(weight::toFloatArray)).containsExactly(1);
      }
    }
  }
}
