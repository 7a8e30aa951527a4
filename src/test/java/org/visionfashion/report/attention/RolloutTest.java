package org.visionfashion.report.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static float[][][] random(Random random, int heads, int length) {
    float[][][] weights_HLL = new float[heads][length][length];
    for (float[][] weights_LL : weights_HLL) {
      for (float[] row : weights_LL) {
        float sum = 0;
        for (int j = 0; j < length; j++) {
          row[j] = random.nextFloat();
          sum += row[j];
        }
        for (int j = 0; j < length; j++) {
          row[j] /= sum;
        }
      }
    }
    return weights_HLL;
  }

  /** Product of the layers' matrices, the last layer's leftmost, then the pooled rows of it. */
  private static double[] naive(List<float[][][]> layers, double[] pooled_L) {
    int length = pooled_L.length;
    double[][] product = new double[length][length];
    for (int i = 0; i < length; i++) {
      product[i][i] = 1;
    }
    for (float[][][] heads : layers) {
      double[][] next = new double[length][length];
      for (int i = 0; i < length; i++) {
        for (int k = 0; k < length; k++) {
          double mean = 0;
          for (float[][] head : heads) {
            mean += head[i][k] / heads.length;
          }
          double passed = 0.5 * mean + (i == k ? 0.5 : 0);
          for (int j = 0; j < length; j++) {
            next[i][j] += passed * product[k][j];
          }
        }
      }
      product = next;
    }
    double[] share = new double[length];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < length; j++) {
        share[j] += pooled_L[i] * product[i][j];
      }
    }
    return share;
  }

  @Test
  void isTheProductOfTheLayers() {
    Random random = new Random(5);
    List<float[][][]> layers = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      layers.add(random(random, 2, 5));
    }
    for (double[] pooled_L : new double[][] {{1, 0, 0, 0, 0}, {0, .25, .25, .25, .25}}) {
      double[] share = Rollout.of(layers, pooled_L);
      double[] expected = naive(layers, pooled_L);
      for (int j = 0; j < share.length; j++) {
        assertThat(share[j]).isCloseTo(expected[j], within(1e-6));
      }
      assertThat(Arrays.stream(share).sum()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void byPencil() {
    float[][][] looksAtTheSecond = {{{0, 1}, {0, 1}}};
    List<float[][][]> once = new ArrayList<>();
    once.add(looksAtTheSecond);
    assertThat(Rollout.of(once, new double[] {1, 0})).containsExactly(0.5, 0.5);
    assertThat(Rollout.of(List.of(looksAtTheSecond, looksAtTheSecond), new double[] {1, 0}))
        .containsExactly(0.25, 0.75);
    assertThat(Rollout.of(List.of(), new double[] {0.5, 0.5})).containsExactly(0.5, 0.5);
  }

  @Test
  void aMapIsLinearBetweenTheCentresOfItsPatches() {
    PatchMap map = new PatchMap(2, 2, new double[] {0, 1, 2, 3});
    assertThat(map.strength(0.25, 0.25)).isZero();
    assertThat(map.strength(0.75, 0.75)).isEqualTo(1);
    assertThat(map.strength(0.5, 0.5)).isCloseTo(0.5, within(1e-12));
    assertThat(map.strength(0.75, 0.25)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(map.strength(0.5, 0.25)).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(map.strength(0, 0)).isZero();
    assertThat(map.strength(1, 1)).isEqualTo(1);
    assertThat(new PatchMap(1, 1, new double[] {4}).strength(0.5, 0.5)).isZero();
  }

  @Test
  void theStrongestPatchKeepsItsColoursAndTheWeakestLosesThem() {
    BufferedImage red = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 40; x++) {
      for (int y = 0; y < 20; y++) {
        red.setRGB(x, y, 0xC80000);
      }
    }
    BufferedImage shaded = new PatchMap(1, 2, new double[] {-1, 1}).over(red);
    assertThat(shaded.getRGB(39, 10) & 0xFFFFFF).isEqualTo(0xC80000);
    int weak = shaded.getRGB(0, 10) & 0xFFFFFF;
    assertThat(weak >> 16).isEqualTo(weak & 0xFF).isEqualTo(weak >> 8 & 0xFF).isLessThan(20);
  }
}
