package org.visionfashion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks where an image owns several texts, and where images share texts. */
class SeveralTextsTest {

  /** Image 0 owns texts 0 to 2, image 1 owns 3 and 4; texts 2 and 3 are equal. */
  private static final int[] OWNER = {0, 0, 0, 1, 1};

  private static final Relevance OWN = Relevance.own(2, OWNER);
  private static final Relevance EQUAL = Relevance.of(2, OWNER, new int[] {7, 8, 9, 9, 4});

  @Test
  void whatIsRightForWhat() {
    assertThat(OWN.textsOfImages()).containsExactly(3, 2);
    assertThat(OWN.imagesOfTexts()).containsExactly(1, 1, 1, 1, 1);
    assertThat(EQUAL.textsOfImages()).containsExactly(4, 3);
    assertThat(EQUAL.imagesOfTexts()).containsExactly(1, 1, 2, 2, 1);
    assertThat(OWN.fits(0, 3)).isFalse();
    assertThat(EQUAL.fits(0, 3)).isTrue();
    assertThat(EQUAL.fits(0, 4)).isFalse();
  }

  /**
   * Pencil. Image 0 scores the texts 1 4 2 5 3: its best own one comes second; text 3 is equal to
   * an own one and comes first. Image 1 scores them 5 1 1 2 2: its own two tie behind text 0.
   */
  @Test
  void theBestOfAnImagesTextsIsWhatItFinds() {
    float[][] image = {{1, 0}, {0, 1}};
    float[][] text = {{1, 5}, {4, 1}, {2, 1}, {5, 2}, {3, 2}};
    PairRanks.BothWays ranks = PairRanks.bothWays(image, text, OWN, EQUAL);
    assertThat(ranks.imageToText().strict().ranks()).containsExactly(2, 2);
    assertThat(ranks.imageToText().any().ranks()).containsExactly(1, 2);
    assertThat(ranks.imageToText().strict().tied_N()).as("own texts do not tie").containsOnly(0);
    // columns: 1 5, 4 1, 2 1, 5 2, 3 2 for images 0 and 1
    assertThat(ranks.textToImage().strict().ranks()).containsExactly(2, 1, 1, 2, 2);
    assertThat(ranks.textToImage().any().ranks()).containsExactly(2, 1, 1, 1, 2);
  }

  /** A model that says the same of everything: every own text ties, the first one counts. */
  @Test
  void tiesGoToTheLowerIndex() {
    float[][] image = new float[2][3];
    float[][] text = new float[5][3];
    PairRanks.BothWays ranks = PairRanks.bothWays(image, text, OWN, EQUAL);
    assertThat(ranks.imageToText().strict().ranks()).containsExactly(1, 4);
    assertThat(ranks.imageToText().any().ranks()).as("text 2 is right").containsExactly(1, 3);
    assertThat(ranks.textToImage().strict().ranks()).containsExactly(1, 1, 1, 2, 2);
    assertThat(ranks.textToImage().any().ranks()).containsExactly(1, 1, 1, 1, 2);
  }

  /** Plain loops and a full sort: the first right candidate of the order. */
  @ParameterizedTest
  @CsvSource({"1,1,1,true", "40,5,3,true", "90,3,17,false", "300,5,20,true", "70,1,9,true"})
  void equalsTheNaiveOracle(int images, int most, int width, boolean coarse) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] owner_M =
        IntStream.range(0, images)
            .flatMap(n -> IntStream.range(0, 1 + random.nextInt(most)).map(each -> n))
            .toArray();
    int texts = owner_M.length;
    int[] group_M = random.ints(texts, 0, Math.max(1, texts / 2)).toArray();
    float[][] image_NE = random(random, images, width, coarse);
    float[][] text_ME = random(random, texts, width, coarse);
    PairRanks.BothWays ranks =
        PairRanks.bothWays(
            image_NE,
            text_ME,
            Relevance.own(images, owner_M),
            Relevance.of(images, owner_M, group_M));
    for (int n = 0; n < images; n++) {
      int image = n;
      IntPredicate own = m -> owner_M[m] == image;
      IntPredicate equal =
          m ->
              IntStream.range(0, texts)
                  .anyMatch(other -> owner_M[other] == image && group_M[other] == group_M[m]);
      float[] score_M = scores(image_NE[n], text_ME);
      assertThat(ranks.imageToText().strict().ranks()[n])
          .as("seed %d, image %d", seed, n)
          .isEqualTo(first(score_M, own));
      assertThat(ranks.imageToText().any().ranks()[n])
          .as("seed %d, image %d", seed, n)
          .isEqualTo(first(score_M, equal));
    }
    for (int m = 0; m < texts; m++) {
      int text = m;
      IntPredicate own = n -> owner_M[text] == n;
      IntPredicate equal =
          n ->
              IntStream.range(0, texts)
                  .anyMatch(other -> owner_M[other] == n && group_M[other] == group_M[text]);
      float[] score_N = scores(text_ME[m], image_NE);
      assertThat(ranks.textToImage().strict().ranks()[m])
          .as("seed %d, text %d", seed, m)
          .isEqualTo(first(score_N, own));
      assertThat(ranks.textToImage().any().ranks()[m])
          .as("seed %d, text %d", seed, m)
          .isEqualTo(first(score_N, equal));
    }
  }

  private static int first(float[] score, IntPredicate right) {
    List<Integer> order =
        IntStream.range(0, score.length)
            .boxed()
            .sorted(Comparator.comparing(c -> 0f - score[c]))
            .toList();
    return 1
        + IntStream.range(0, score.length)
            .filter(r -> right.test(order.get(r)))
            .findFirst()
            .orElseThrow();
  }

  private static float[] scores(float[] query, float[][] candidates) {
    float[] scores = new float[candidates.length];
    for (int c = 0; c < scores.length; c++) {
      for (int e = 0; e < query.length; e++) {
        scores[c] += query[e] * candidates[c][e];
      }
    }
    return scores;
  }

  private static float[][] random(Random random, int rows, int columns, boolean coarse) {
    return coarse
        ? Random2d.coarse(random, rows, columns, 1)
        : Random2d.normal(random, rows, columns);
  }

  @Test
  void notANumberIsSeen() {
    float[][] text = new float[5][2];
    text[4][1] = Float.NaN;
    assertThatThrownBy(() -> PairRanks.bothWays(new float[2][2], text, OWN, OWN))
        .hasMessageContaining("row 4 holds NaN");
  }
}
