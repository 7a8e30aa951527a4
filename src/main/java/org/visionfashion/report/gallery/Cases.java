package org.visionfashion.report.gallery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which queries a gallery shows: best, median and worst of a random sample, plus random ones; none
 * are hand-picked.
 */
public final class Cases {

  /** Ranking a query means scoring it against everything. */
  private static final int SAMPLE = 1_000;

  private Cases() {}

  /** Why a query is shown. */
  public enum Why {
    BEST("best"),
    MEDIAN("median"),
    WORST("worst"),
    RANDOM("random");

    private final String label;

    Why(String label) {
      this.label = label;
    }

    /** As the page says it. */
    public String label() {
      return label;
    }
  }

  /** A query with the reason why it is shown. */
  public record Case(int query, Why why) {}

  /** A query with how well it fares. */
  private record Ranked(int query, int rank, float margin) {}

  /**
   * Chooses queries.
   *
   * @param each how many best, median and worst ones
   * @param random how many random ones
   */
  public static List<Case> choose(Search search, int each, int random, long seed) {
    List<Integer> shuffled = shuffled(search.size(), seed);
    List<Integer> some = shuffled.subList(0, Math.min(SAMPLE, shuffled.size()));
    float[][] score_QP = search.size() == 0 ? new float[0][] : search.scores(some);
    List<Ranked> sample =
        IntStream.range(0, some.size())
            .mapToObj(q -> ranked(search, some.get(q), score_QP[q]))
            .sorted(
                Comparator.comparingInt(Ranked::rank)
                    .thenComparing(ranked -> -ranked.margin())
                    .thenComparing(Ranked::query))
            .toList();
    Map<Integer, Why> cases = new LinkedHashMap<>();
    int middle = Math.max(0, (sample.size() - each) / 2);
    add(cases, sample, 0, each, Why.BEST);
    add(cases, sample, middle, middle + each, Why.MEDIAN);
    add(cases, sample, sample.size() - each, sample.size(), Why.WORST);
    shuffled.stream()
        .filter(query -> !cases.containsKey(query))
        .limit(random)
        .toList()
        .forEach(query -> cases.put(query, Why.RANDOM));
    List<Case> list = new ArrayList<>();
    cases.forEach((query, why) -> list.add(new Case(query, why)));
    return list;
  }

  private static void add(Map<Integer, Why> cases, List<Ranked> from, int low, int high, Why why) {
    from.subList(Math.max(0, low), Math.min(high, from.size()))
        .forEach(ranked -> cases.putIfAbsent(ranked.query(), why));
  }

  /** By how much the best right candidate is ahead of, or behind, the best of the others. */
  private static Ranked ranked(Search search, int query, float[] score_P) {
    float best = Float.NEGATIVE_INFINITY;
    for (int p = 0; p < score_P.length; p++) {
      best = search.hits(query, p) ? best : Math.max(best, score_P[p]);
    }
    float margin = score_P[search.target(query, score_P)] - best;
    return new Ranked(query, search.rank(query, score_P), margin);
  }

  /** All numbers below a size in an order that the seed decides. */
  public static List<Integer> shuffled(int size, long seed) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(numbers, new Random(seed));
    return numbers;
  }
}
