package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalMetricsTest {

  /** Pencil: 1/4 (1 + 1/2 + 1/5 + 1/20) = 0.4375. */
  @Test
  void fourRanks() {
    int[] rank_Q = {20, 1, 5, 2};
    assertThat(RetrievalMetrics.of(rank_Q, Items.together(4)).value())
        .containsExactly(0.25, 0.75, 0.75, 0.4375);
    assertThat(RetrievalMetrics.recall(rank_Q, 5)).isEqualTo(0.75);
    assertThat(RetrievalMetrics.meanReciprocalRank(rank_Q)).isEqualTo(0.4375);
    assertThat(RetrievalMetrics.medianRank(rank_Q)).isEqualTo(3.5);
  }

  @Test
  void nothingAskedNothingScored() {
    int[] none = {};
    assertThat(RetrievalMetrics.of(none, Items.together(0)).value()).containsOnly(Double.NaN);
    assertThat(RetrievalMetrics.recall(none, 5)).isNaN();
    assertThat(RetrievalMetrics.meanReciprocalRank(none)).isNaN();
    assertThat(RetrievalMetrics.medianRank(none)).isNaN();
  }

  /** Pencil: of four, two count; the first two miss both with 2/4 * 1/3 = 1/6. */
  @Test
  void chanceOfAGroup() {
    Chance chance = Chance.of(new int[] {2, 2, 2, 2}, 4);
    assertThat(chance.recall(1)).isCloseTo(0.5, within(1e-12));
    assertThat(chance.recall(2)).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(chance.recall(10)).isEqualTo(1);
    // 1/1 * 1/2 + 1/2 * 1/3 + 1/3 * 1/6
    assertThat(chance.mrr()).isCloseTo(13 / 18.0, within(1e-12));
  }

  @Test
  void chanceOfPairsIsKOverN() {
    assertThat(pairs(6383).recall(10)).isCloseTo(10 / 6383.0, within(1e-15));
    assertThat(pairs(4).recall(10)).isEqualTo(1);
    assertThat(pairs(3).mrr()).isCloseTo((1 + 1 / 2.0 + 1 / 3.0) / 3, within(1e-12));
    assertThat(pairs(6383).medianRank()).isEqualTo(3192);
    assertThat(pairs(200).medianRank()).isEqualTo(100.5);
    assertThat(Chance.of(new int[0], 0).medianRank()).isNaN();
  }

  private static Chance pairs(int count) {
    return Chance.of(IntStream.range(0, count).map(n -> 1).toArray(), count);
  }

  /**
   * Pencil: of 4, two count: rank 1, 2 or 3 with 3/6, 2/6, 1/6, so one half lies between 1 and 2.
   * With one that counts as well, the shares are 3/8, 7/24, 5/24, 1/8: the median is 2.
   */
  @Test
  void medianChanceOfSeveralTargets() {
    assertThat(Chance.of(new int[] {2, 2}, 4).medianRank()).isEqualTo(1.5);
    assertThat(Chance.of(new int[] {1, 2}, 4).medianRank()).isEqualTo(2);
  }

  @Test
  void chanceIsWhatShufflingReaches() {
    int[] group = {0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8};
    Random random = new Random(7);
    List<Integer> order = new ArrayList<>(IntStream.range(0, group.length).boxed().toList());
    double found = 0;
    double reciprocal = 0;
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      Collections.shuffle(order, random);
      int wanted = group[draw % group.length];
      int first =
          IntStream.range(0, group.length)
              .filter(r -> group[order.get(r)] == wanted)
              .findFirst()
              .orElseThrow();
      found += first < 5 ? 1 : 0;
      reciprocal += 1.0 / (1 + first);
    }
    int[] own = IntStream.range(0, group.length).toArray();
    Chance chance = Chance.of(Relevance.of(group.length, own, group).textsOfImages(), group.length);
    assertThat(found / draws).isCloseTo(chance.recall(5), within(0.015));
    assertThat(reciprocal / draws).isCloseTo(chance.mrr(), within(0.015));
  }
}
