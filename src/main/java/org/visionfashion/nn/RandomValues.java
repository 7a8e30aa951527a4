package org.visionfashion.nn;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random first values. Each tensor has a generator of its own, seeded by the run's seed and the
 * tensor's name, so a tensor's values do not depend on which others the model has.
 */
public record RandomValues(long seed) implements ParameterValues {

  private static final double DEVIATION = 0.02;
  private static final double CUT = 2;

  @Override
  public float[] values(String name, long[] shape, Initial initial) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    switch (initial) {
      case TRUNCATED_NORMAL -> fillTruncatedNormal(values, new SplittableRandom(seedOf(name)));
      case ONE -> Arrays.fill(values, 1);
      case ZERO -> {}
    }
    return values;
  }

  private long seedOf(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private static void fillTruncatedNormal(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      double z = random.nextGaussian();
      while (Math.abs(z) > CUT) {
        z = random.nextGaussian();
      }
      values[i] = (float) (DEVIATION * z);
    }
  }
}
