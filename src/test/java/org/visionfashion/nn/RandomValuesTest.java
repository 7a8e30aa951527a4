package org.visionfashion.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues.Initial;
import org.visionfashion.weights.checkpoint.TinyModel;

/** First values: the right distribution, the same ones every time. */
class RandomValuesTest {

  private static final int COUNT = 40_000;

  private static float[] values(long seed, String name) {
    return FirstValues.floats(
        new RandomValues(seed, 0.02),
        name,
        new long[] {COUNT / 100, 100},
        Initial.TRUNCATED_NORMAL);
  }

  private static double mean(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).average().orElse(0);
  }

  @Test
  void aNormalCutAtTwoDeviations() {
    float[] values = values(3, "a.weight");
    assertThat(values).hasSize(COUNT);
    double[] z = IntStream.range(0, COUNT).mapToDouble(i -> values[i] / 0.02).toArray();
    assertThat(DoubleStream.of(z).map(Math::abs).max().orElse(9)).isBetween(1.99, 2.0001);
    // Of a standard normal cut at 2: deviation 0.8796, share within 1 is 0.6827 / 0.9545.
    double mean = IntStream.range(0, COUNT).mapToDouble(i -> z[i]).average().orElse(9);
    double square = IntStream.range(0, COUNT).mapToDouble(i -> z[i] * z[i]).average().orElse(9);
    double within = IntStream.range(0, COUNT).filter(i -> Math.abs(z[i]) < 1).count();
    double tail = IntStream.range(0, COUNT).filter(i -> z[i] > 1.5).count();
    assertThat(mean).isCloseTo(0, within(0.02));
    assertThat(Math.sqrt(square)).isCloseTo(0.8796, within(0.02));
    assertThat(within / COUNT).isCloseTo(0.7152, within(0.01));
    assertThat(tail / COUNT).isCloseTo(0.0462, within(0.006)); // (0.0668 - 0.0228) / 0.9545
  }

  @Test
  void narrowEncodersStartLarger() {
    assertThat(RandomValues.forWidth(1, 768)).isEqualTo(new RandomValues(1, 0.02));
    assertThat(RandomValues.forWidth(1, 192)).isEqualTo(new RandomValues(1, 0.04));
  }

  @Test
  void aFunctionOfSeedAndNameAlone() {
    assertThat(values(3, "a.weight")).isEqualTo(values(3, "a.weight"));
    double variance = mean(values(3, "a.weight"), values(3, "a.weight"));
    for (float[] other :
        new float[][] {values(4, "a.weight"), values(3, "b.weight"), values(3, "a.weighu")}) {
      // Independent: the correlation of 40,000 pairs is within 4 / sqrt(40,000) of 0.
      assertThat(mean(values(3, "a.weight"), other) / variance).isCloseTo(0, within(0.02));
    }
  }

  @Test
  void scalarsOnesAndZeros() {
    RandomValues random = new RandomValues(1, 0.02);
    assertThat(FirstValues.floats(random, "s", new long[0], Initial.ZERO)).containsExactly(0);
    assertThat(FirstValues.floats(random, "s", new long[] {2, 2}, Initial.ONE))
        .containsExactly(1, 1, 1, 1);
    assertThat(FirstValues.floats(random, "s", new long[] {0, 5}, Initial.TRUNCATED_NORMAL))
        .isEmpty();
  }

  @Test
  void positionsStartAsSinesAndCosinesOfThePlane() {
    // 2 rows of 3, width 9: a class token, then 2 frequencies (1 and 1 / 100) in 4 parts; one left.
    Initial initial = new Initial.SineCosine(1, 2, 3);
    float[] values = FirstValues.floats(new RandomValues(1, 1), "p", new long[] {1, 7, 9}, initial);
    assertThat(Arrays.copyOf(values, 9)).containsOnly(0);
    float[] last = Arrays.copyOfRange(values, 54, 63); // row 1, column 2
    double[] expected = {
      Math.sin(2),
      Math.sin(0.02),
      Math.cos(2),
      Math.cos(0.02),
      Math.sin(1),
      Math.sin(0.01),
      Math.cos(1),
      Math.cos(0.01),
      0
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) last[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void theTowersDoNotDependOnTheHeads() {
    Map<String, float[]> withHeads = parameters(3, 7);
    Map<String, float[]> without = parameters(0, 0);
    assertThat(withHeads.keySet()).hasSize(without.size() + 4);
    without.forEach((name, values) -> assertThat(withHeads.get(name)).as(name).isEqualTo(values));
  }

  private static Map<String, float[]> parameters(int categories, int attributes) {
    Architecture usual = TinyModel.description(20, "x").architecture();
    Architecture architecture =
        new Architecture(
            usual.image(),
            usual.text(),
            usual.embeddingSize(),
            categories,
            attributes,
            usual.similarity().withBias(false));
    Map<String, float[]> values = new HashMap<>();
    try (DualEncoder model =
        new DualEncoder(architecture, TestDevice.get(), RandomValues.forWidth(5, 8))) {
      model.parameters().forEach((name, array) -> values.put(name, array.toFloatArray()));
    }
    return values;
  }
}
