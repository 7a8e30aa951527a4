package org.visionfashion.data.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How long captions are in tokens, special tokens included.
 *
 * @param captions how many were measured; where there are none, all else is 0
 * @param mean tokens a caption
 * @param p50 half of the captions have at most so many tokens (nearest rank)
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param max the longest
 * @param limit captions are cut to this many
 * @param cut captions that are longer
 */
public record TokenLengths(
    int captions, double mean, int p50, int p90, int p99, int max, int limit, int cut) {

  static TokenLengths of(IntStream tokens, int limit) {
    int[] sorted = tokens.sorted().toArray();
    return new TokenLengths(
        sorted.length,
        Arrays.stream(sorted).average().orElse(0),
        percentile(sorted, 50),
        percentile(sorted, 90),
        percentile(sorted, 99),
        percentile(sorted, 100),
        limit,
        (int) Arrays.stream(sorted).filter(length -> length > limit).count());
  }

  /** The least length that at least so many in a hundred do not exceed. */
  private static int percentile(int[] sorted, int percent) {
    if (sorted.length == 0) {
      return 0;
    }
    long rank = ((long) sorted.length * percent + 99) / 100; // rounded up
    return sorted[(int) rank - 1];
  }
}
