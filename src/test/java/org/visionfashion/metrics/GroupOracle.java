package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Slow oracle of {@link ExclusiveGroups#statistic}. */
final class GroupOracle {

  private GroupOracle() {}

  /** Accuracy of each group, NaN without an image that counts. */
  static double[] accuracies(byte[][] outcome_NG, int groups) {
    return IntStream.range(0, groups)
        .mapToDouble(
            g ->
                Arrays.stream(outcome_NG)
                    .mapToInt(outcome_G -> outcome_G[g])
                    .filter(outcome -> outcome >= 0)
                    .average()
                    .orElse(Double.NaN))
        .toArray();
  }
}
