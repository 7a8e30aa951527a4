package org.visionfashion.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What answers one query, as the qrels of TREC say.
 *
 * @param document_R numbers of the judged documents among those that are searched, ascending
 * @param gain_R how well each answers; 1 or more = relevant, less = judged not relevant
 * @param missing_M gains of judged documents that are not among those that are searched: they count
 *     in the denominators, and nothing finds them
 * @param excluded a document that is left out of this query's results, -1 = none
 */
public record Judgement(int[] document_R, int[] gain_R, int[] missing_M, int excluded) {

  /** How well a document answers; 0 where nobody judged it, and where it was judged wrong. */
  int gain(int document) {
    int place = Arrays.binarySearch(document_R, document);
    return place < 0 ? 0 : Math.max(0, gain_R[place]);
  }

  /** Gains of the relevant documents that can be found, best first. */
  int[] present() {
    return descending(
        IntStream.range(0, gain_R.length)
            .filter(r -> document_R[r] != excluded)
            .map(r -> gain_R[r]));
  }

  /** Gains of all relevant documents, best first. */
  int[] ideal() {
    return descending(IntStream.concat(Arrays.stream(gain_R), Arrays.stream(missing_M)));
  }

  /** Whether any document answers better than relevant. */
  public boolean graded() {
    return Arrays.stream(ideal()).anyMatch(gain -> gain > 1);
  }

  private static int[] descending(IntStream gains) {
    return gains.filter(gain -> gain > 0).map(gain -> -gain).sorted().map(gain -> -gain).toArray();
  }
}
