package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GalleryRecallTest {

  /** Of queries with one target each. */
  private static double[] expected(GalleryRecall recall, int[] rank_N, int size, int k) {
    int[] one_N = new int[rank_N.length];
    Arrays.fill(one_N, 1);
    return recall.expected(rank_N, one_N, size, k);
  }

  /**
   * Pencil: 6 candidates, 2 of them right, the better one behind 2 of the 4 others. A gallery of 4
   * takes 2 of those 4: 6 ways, 1 with neither, 4 with one, 1 with both.
   */
  @Test
  void allRightCandidatesAreInTheGallery() {
    GalleryRecall recall = new GalleryRecall(6);
    int[] rank = {3};
    int[] targets = {2};
    assertThat(recall.expected(rank, targets, 4, 1)[0]).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(recall.expected(rank, targets, 4, 2)[0]).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(recall.expected(rank, targets, 6, 2)[0]).isZero();
    assertThat(recall.expected(rank, targets, 1, 1)[0]).as("no room for others").isEqualTo(1);
  }

  /**
   * Pencil: 5 candidates, rank 3, so 2 are better. A gallery of 3 takes 2 of the other 4: 6 ways, 1
   * with neither, 4 with one, 1 with both of the better ones.
   */
  @Test
  void threeOfFive() {
    GalleryRecall recall = new GalleryRecall(5);
    assertThat(expected(recall, new int[] {3}, 3, 1)[0]).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(expected(recall, new int[] {3}, 3, 2)[0]).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(expected(recall, new int[] {3}, 3, 3)[0]).isCloseTo(1, within(1e-12));
    assertThat(expected(recall, new int[] {3, 1, 5}, 1, 1)).containsExactly(1, 1, 1);
  }

  @Test
  void theWholeGalleryGivesTheRecallItself() {
    GalleryRecall recall = new GalleryRecall(400);
    int[] rank_N = IntStream.rangeClosed(1, 400).toArray();
    double[] found_N = expected(recall, rank_N, 400, 10);
    for (int n = 0; n < rank_N.length; n++) {
      assertThat(found_N[n]).isEqualTo(rank_N[n] <= 10 ? 1 : 0);
    }
  }

  /** Whoever ranks at random finds the target with probability k / n in any gallery. */
  @Test
  void aRandomOrderReachesChance() {
    GalleryRecall recall = new GalleryRecall(42_537);
    int[] rank_N = IntStream.rangeClosed(1, 42_537).toArray();
    for (int size : new int[] {10, 100, 1000, 42_537}) {
      double mean = Arrays.stream(expected(recall, rank_N, size, 10)).average().orElse(0);
      assertThat(mean).isCloseTo(10.0 / size, within(1e-9));
    }
  }

  @Test
  void smallerGalleriesAreEasierAndBetterRanksTooAlways() {
    GalleryRecall recall = new GalleryRecall(500);
    int[] rank_N = IntStream.rangeClosed(1, 500).toArray();
    double[] before = null;
    for (int size = 500; size >= 1; size -= 7) {
      double[] found_N = expected(recall, rank_N, size, 5);
      for (int n = 0; n < 500; n++) {
        assertThat(found_N[n]).isBetween(0.0, 1.0);
        assertThat(found_N[n]).isLessThanOrEqualTo((n == 0 ? 1 : found_N[n - 1]) + 1e-12);
        assertThat(found_N[n]).isGreaterThanOrEqualTo(before == null ? 0 : before[n] - 1e-12);
      }
      before = found_N;
    }
  }

  @Test
  void isWhatDrawingGalleriesReaches() {
    int rank = 8;
    List<Integer> others = new ArrayList<>(IntStream.range(0, 29).boxed().toList());
    Random random = new Random(3);
    int found = 0;
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      Collections.shuffle(others, random);
      long better = others.subList(0, 11).stream().filter(other -> other < rank - 1).count();
      found += better < 3 ? 1 : 0;
    }
    assertThat(expected(new GalleryRecall(30), new int[] {rank}, 12, 3)[0])
        .isCloseTo(found / (double) draws, within(0.012));
  }
}
