package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The best few of a row of scores. */
final class TopK {

  private TopK() {}

  /**
   * Indices of the k highest scores among the candidates, best first, a tie to the lower index;
   * fewer than k where there are fewer candidates.
   */
  static int[] of(float[] scores, IntPredicate candidate, int k) {
    int[] best = new int[k];
    int size = 0;
    for (int i = 0; i < scores.length; i++) {
      if (candidate.test(i) && (size < k || scores[i] > scores[best[size - 1]])) {
        size = Math.min(size + 1, k);
        int place = size - 1;
        for (; place > 0 && scores[i] > scores[best[place - 1]]; place--) {
          best[place] = best[place - 1];
        }
        best[place] = i;
      }
    }
    return Arrays.copyOf(best, size);
  }
}
