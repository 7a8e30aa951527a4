package org.visionfashion.report.attention;

import java.util.List;

/**
 * Attention rollout (Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers", section
 * 3): how much of each token of the input ends in each token of the output, if a layer passes on
 * half of what it was given and half of what its heads, on average, look at.
 */
final class Rollout {

  private Rollout() {}

  /**
   * Shares of the input tokens in what is pooled; they sum to 1.
   *
   * @param weights_HLL attention weights of each layer, the first layer first
   * @param pooled_L with which share each output token is pooled
   */
  static double[] of(List<float[][][]> weights_HLL, double[] pooled_L) {
    double[] share_L = pooled_L.clone();
    for (int layer = weights_HLL.size() - 1; layer >= 0; layer--) {
      share_L = throughLayer(weights_HLL.get(layer), share_L);
    }
    return share_L;
  }

  /** A row vector times (A + 1) / 2, where A is the mean of the heads. */
  private static double[] throughLayer(float[][][] weights_HLL, double[] share_L) {
    double[] below_L = new double[share_L.length];
    for (int i = 0; i < share_L.length; i++) {
      below_L[i] += share_L[i] / 2;
      for (float[][] weights_LL : weights_HLL) {
        for (int j = 0; j < share_L.length; j++) {
          below_L[j] += share_L[i] * weights_LL[i][j] / (2.0 * weights_HLL.length);
        }
      }
    }
    return below_L;
  }
}
