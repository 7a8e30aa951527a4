package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourRanksTest {

  /**
   * Pencil, on a line: items a a b a c at 5, 4, 3, 1, 0, scored by product. For the first, the
   * others at 4, 3, 1, 0: a ranks 1 and 3, precision (1 + 2/3) / 2. For the second, 5, 3, 1, 0: the
   * same. For the fourth, 5, 4, 3, 0: ranks 1 and 2.
   */
  @Test
  void fivePictures() {
    float[][] image_NE = {{5}, {4}, {3}, {1}, {0}};
    NeighbourRanks ranks = NeighbourRanks.of(image_NE, Items.of(List.of("a", "a", "b", "a", "c")));
    assertThat(ranks.query_Q()).containsExactly(0, 1, 3);
    assertThat(ranks.targets_Q()).containsExactly(2, 2, 2);
    assertThat(ranks.first_Q()).containsExactly(1, 1, 1);
    assertThat(ranks.averagePrecision_Q())
        .containsExactly(new double[] {5 / 6.0, 5 / 6.0, 1}, within(1e-12));
    assertThat(ranks.candidates()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"2,3,1,false", "60,2,2,true", "40,7,9,true", "130,16,30,false", "301,5,90,true"})
  void equalsTheNaiveOracle(int count, int width, int products, boolean coarse) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] image_NE =
        coarse ? Random2d.coarse(random, count, width, 1) : Random2d.normal(random, count, width);
    Items items = Items.of(random.ints(count, 0, products).mapToObj(Integer::toString).toList());
    NeighbourRanks ranks = NeighbourRanks.of(image_NE, items);
    int q = 0;
    for (int n = 0; n < count; n++) {
      int query = n;
      int item = items.item_N()[n];
      List<Integer> order =
          IntStream.range(0, count)
              .filter(other -> other != query)
              .boxed()
              .sorted(Comparator.comparing(other -> -dot(image_NE[query], image_NE[other])))
              .toList();
      int[] rank_T =
          IntStream.range(0, order.size())
              .filter(place -> items.item_N()[order.get(place)] == item)
              .map(place -> place + 1)
              .toArray();
      if (rank_T.length > 0) {
        double precision =
            IntStream.range(0, rank_T.length)
                .mapToDouble(t -> (t + 1) / (double) rank_T[t])
                .average()
                .orElseThrow();
        assertThat(ranks.query_Q()[q]).as("seed %d", seed).isEqualTo(n);
        assertThat(ranks.targets_Q()[q]).as("seed %d", seed).isEqualTo(rank_T.length);
        assertThat(ranks.first_Q()[q]).as("seed %d, query %d", seed, n).isEqualTo(rank_T[0]);
        assertThat(ranks.averagePrecision_Q()[q])
            .as("seed %d", seed)
            .isCloseTo(precision, within(1e-12));
        q++;
      }
    }
    assertThat(ranks.query_Q()).hasSize(q);
  }

  /** What says the same of every picture reaches chance, up to the tie rule. */
  @Test
  void chanceIsWhatRandomEmbeddingsReach() {
    Random random = new Random(11);
    Items items = Items.of(IntStream.range(0, 900).mapToObj(n -> "item " + n / 3).toList());
    NeighbourRanks ranks = NeighbourRanks.of(Random2d.normal(random, 900, 24), items);
    Chance chance = Chance.of(ranks.targets_Q(), ranks.candidates());
    assertThat(Arrays.stream(ranks.averagePrecision_Q()).average().orElseThrow())
        .isCloseTo(chance.meanAveragePrecision(), within(0.003));
    assertThat(RetrievalMetrics.recall(ranks.first_Q(), 10))
        .isCloseTo(chance.recall(10), within(0.015));
  }

  /** Pencil: of three candidates two count; orders 110, 101, 011 give 1, 5/6, 7/12. */
  @Test
  void chanceOfAveragePrecision() {
    assertThat(Chance.of(new int[] {2}, 3).meanAveragePrecision())
        .isCloseTo((1 + 5 / 6.0 + 7 / 12.0) / 3, within(1e-12));
    assertThat(Chance.of(new int[] {1}, 1).meanAveragePrecision()).isEqualTo(1);
    assertThat(Chance.of(new int[] {4}, 4).meanAveragePrecision()).isCloseTo(1, within(1e-12));
  }

  @Test
  void itemsOfOnePictureAskNothing() {
    NeighbourRanks none = NeighbourRanks.of(new float[][] {{1}, {2}}, Items.of(List.of("a", "b")));
    assertThat(none.query_Q()).isEmpty();
    assertThat(NeighbourRanks.of(new float[0][], Items.of(List.of())).candidates()).isZero();
  }

  @Test
  void refusesANaN() {
    assertThatThrownBy(() -> NeighbourRanks.of(new float[][] {{Float.NaN}}, Items.of(List.of("a"))))
        .hasMessage("image embeddings: row 0 holds NaN; the model has diverged");
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int e = 0; e < a.length; e++) {
      sum += a[e] * b[e];
    }
    return sum;
  }
}
