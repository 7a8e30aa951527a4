package org.visionfashion.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * Retrieval among fewer candidates than there are: the exact expectation over all random galleries
 * of a size that hold everything that is right for the query.
 *
 * <p>With t right ones among N candidates and the best of them at rank r, the number of better
 * candidates in a gallery of n is hypergeometric: n - t draws without replacement from N - t
 * others, r - 1 of them better. The query is answered among the first k where fewer than k of those
 * are drawn.
 */
public final class GalleryRecall {

  private final int candidates;

  /** ln i!, for i from 0 to the number of candidates. */
  private final double[] logFactorial;

  /** Ranks among so many candidates. */
  public GalleryRecall(int candidates) {
    this.candidates = candidates;
    this.logFactorial = new double[candidates + 1];
    for (int i = 1; i <= candidates; i++) {
      logFactorial[i] = logFactorial[i - 1] + Math.log(i);
    }
  }

  /** What a query depends on. */
  private record Place(int rank, int targets) {}

  /**
   * Probability that each query finds a right candidate among the first k of a random gallery.
   *
   * @param rank_Q strict ranks from 1 of the best right candidates
   * @param targets_Q how many candidates are right for each query
   * @param size of the gallery, at most the number of candidates
   */
  public double[] expected(int[] rank_Q, int[] targets_Q, int size, int k) {
    Map<Place, Double> known = new HashMap<>();
    double[] found_Q = new double[rank_Q.length];
    for (int q = 0; q < rank_Q.length; q++) {
      Place place = new Place(rank_Q[q], targets_Q[q]);
      found_Q[q] = known.computeIfAbsent(place, each -> found(each, size, k));
    }
    return found_Q;
  }

  private double found(Place place, int size, int k) {
    int others = candidates - place.targets;
    int better = place.rank - 1;
    int worse = others - better;
    int draws = Math.max(0, size - place.targets);
    double found = 0;
    for (int drawn = Math.max(0, draws - worse); drawn < k && drawn <= better; drawn++) {
      if (drawn <= draws) {
        found +=
            Math.exp(
                logChoices(better, drawn)
                    + logChoices(worse, draws - drawn)
                    - logChoices(others, draws));
      }
    }
    return Math.min(1, found);
  }

  private double logChoices(int from, int drawn) {
    return logFactorial[from] - logFactorial[drawn] - logFactorial[from - drawn];
  }
}
