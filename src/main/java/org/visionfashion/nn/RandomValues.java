package org.visionfashion.nn;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random first values. Each tensor has a generator of its own, seeded by the run's seed and the
 * tensor's name, so a tensor's values do not depend on which others the model has.
 *
 * @param deviation of the truncated normal
 */
public record RandomValues(long seed, double deviation) implements ParameterValues {

  private static final double BASE_DEVIATION = 0.02;
  private static final double BASE_WIDTH = 768;
  private static final double CUT = 2;

  /**
   * Values for an encoder of a width. BERT and ViT start with deviation 0.02 at width 768; a
   * narrower product needs larger weights to pass on the same variance, or the towers start out
   * blind: at width 192 and 0.02 InfoNCE did not leave its starting value in 200 steps.
   */
  public static RandomValues forWidth(long seed, int width) {
    return new RandomValues(seed, BASE_DEVIATION * Math.sqrt(BASE_WIDTH / width));
  }

  @Override
  public Values values(String name, long[] shape, Initial initial) {
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    return tensor -> Values.of(floats(name, count, initial)).writeTo(tensor);
  }

  private float[] floats(String name, int count, Initial initial) {
    float[] values = new float[count];
    if (initial instanceof Initial.Constant constant) {
      Arrays.fill(values, constant.value());
    } else if (initial instanceof Initial.SineCosine plane) {
      SineCosine.fill(values, plane.others(), plane.rows(), plane.columns());
    } else {
      fillTruncatedNormal(values, new SplittableRandom(seedOf(name)));
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

  private void fillTruncatedNormal(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      double z = random.nextGaussian();
      while (Math.abs(z) > CUT) {
        z = random.nextGaussian();
      }
      values[i] = (float) (deviation * z);
    }
  }
}
