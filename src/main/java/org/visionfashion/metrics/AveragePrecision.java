package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Average precision of every attribute, then the mean over those that are true somewhere: A + 1
 * scores, NaN where an attribute is true nowhere. It is the sum over distinct scores, from the
 * highest, of the gain in recall times the precision there; equal scores are one threshold, as in
 * scikit-learn's {@code average_precision_score}. Every attribute's examples are sorted once.
 */
public final class AveragePrecision implements Statistic {

  private static final int POSITIVE = 1;
  private static final int LAST_OF_TIE = 2;
  private static final int ITEM_SHIFT = 2;

  /** Known examples of each attribute, best first: item, whether a threshold ends, whether true. */
  private final int[][] code_AN;

  private final int items;

  private AveragePrecision(int[][] code_AN, int items) {
    this.code_AN = code_AN;
    this.items = items;
  }

  /**
   * Sorts the examples.
   *
   * @param score_NA higher = more likely
   * @param label_NA 1 = true, 0 = false, -1 = unknown and left out
   */
  public static AveragePrecision of(float[][] score_NA, byte[][] label_NA, Items items) {
    int attributes = label_NA.length == 0 ? 0 : label_NA[0].length;
    int[][] code_AN = new int[attributes][];
    Arrays.parallelSetAll(code_AN, a -> codes(score_NA, label_NA, a, items));
    return new AveragePrecision(code_AN, items.count());
  }

  private static int[] codes(float[][] score_NA, byte[][] label_NA, int a, Items items) {
    int[] known = bestFirst(score_NA, label_NA, a);
    int[] code_M = new int[known.length];
    for (int m = 0; m < known.length; m++) {
      boolean last = m + 1 == known.length || score_NA[known[m + 1]][a] < score_NA[known[m]][a];
      code_M[m] =
          items.item_N()[known[m]] << ITEM_SHIFT
              | (last ? LAST_OF_TIE : 0)
              | (label_NA[known[m]][a] == 1 ? POSITIVE : 0);
    }
    return code_M;
  }

  /**
   * Sorted as numbers whose upper half falls as the score rises: boxed ones take ten times as long.
   */
  private static int[] bestFirst(float[][] score_NA, byte[][] label_NA, int a) {
    return IntStream.range(0, label_NA.length)
        .filter(n -> label_NA[n][a] != AttributeScores.UNKNOWN)
        .mapToLong(n -> (long) descending(score_NA[n][a]) << Integer.SIZE | n)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }

  /** A whole number that falls as the score rises. */
  private static int descending(float score) {
    int bits = Float.floatToIntBits(score + 0f); // minus zero is zero
    return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public double[] of(int[] weight_I) {
    double[] precision_A = new double[code_AN.length + 1];
    for (int a = 0; a < code_AN.length; a++) {
      precision_A[a] = precision(code_AN[a], weight_I);
    }
    precision_A[code_AN.length] =
        Arrays.stream(precision_A, 0, code_AN.length)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return precision_A;
  }

  private static double precision(int[] code_M, int[] weight_I) {
    double sum = 0;
    long ranked = 0;
    long found = 0;
    long gain = 0;
    for (int code : code_M) {
      int weight = weight_I[code >> ITEM_SHIFT];
      ranked += weight;
      gain += (code & POSITIVE) == 0 ? 0 : weight;
      if ((code & LAST_OF_TIE) != 0 && gain > 0) {
        found += gain;
        sum += gain * (found / (double) ranked);
        gain = 0;
      }
    }
    return sum / found;
  }
}
