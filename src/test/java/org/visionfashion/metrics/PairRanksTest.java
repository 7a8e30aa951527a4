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

class PairRanksTest {

  private final GoldenMetrics golden = new GoldenMetrics();

  @Test
  void scoresEqualTheReferenceMatrix() {
    float[][] image_NE = golden.floats("retrieval.image_embeds");
    float[][] rows_NN = new float[image_NE.length][image_NE.length];
    new ScoreRows(golden.floats("retrieval.text_embeds"))
        .fill(image_NE, 0, image_NE.length, rows_NN);
    assertThat(rows_NN).isDeepEqualTo(golden.floats("retrieval.scores"));
  }

  @ParameterizedTest
  @CsvSource({"image_to_text,image,text", "text_to_image,text,image"})
  void ranksEqualTheReference(String direction, String query, String candidate) {
    PairRanks ranks =
        ranks(
            golden.floats("retrieval." + query + "_embeds"),
            golden.floats("retrieval." + candidate + "_embeds"),
            golden.ints("retrieval.caption_group"));
    String tensors = "retrieval." + direction + ".";
    assertThat(ranks.strict().above_N()).isEqualTo(golden.ints(tensors + "strict_rank"));
    assertThat(ranks.strict().tied_N()).isEqualTo(golden.ints(tensors + "ties"));
    assertThat(ranks.any().above_N()).isEqualTo(golden.ints(tensors + "any_rank"));
    assertThat(ranks.any().tied_N()).isEqualTo(golden.ints(tensors + "any_ties"));

    String values = "retrieval/" + direction + "/";
    assertScores(optimistic(ranks.strict()), values + "strict/");
    assertScores(pessimistic(ranks.strict()), values + "pessimistic/");
    assertScores(optimistic(ranks.any()), values + "any/");
  }

  /** One direction of pairs. */
  private static PairRanks ranks(float[][] query_NE, float[][] candidate_NE, int[] group_N) {
    return PairRanks.bothWays(query_NE, candidate_NE, group_N).imageToText();
  }

  /** Ranks from 1 when every tie goes to the target. */
  private static int[] optimistic(RankCounts counts) {
    return Arrays.stream(counts.above_N()).map(above -> 1 + above).toArray();
  }

  /** Ranks from 1 when every tie goes against the target. */
  private static int[] pessimistic(RankCounts counts) {
    return IntStream.range(0, counts.tied_N().length)
        .map(query -> 1 + counts.above_N()[query] + counts.tied_N()[query])
        .toArray();
  }

  private void assertScores(int[] rank_N, String path) {
    double[] value_K = RetrievalMetrics.of(rank_N, Items.together(rank_N.length)).value();
    assertThat(value_K)
        .containsExactly(
            new double[] {
              golden.number(path + "R@1"),
              golden.number(path + "R@5"),
              golden.number(path + "R@10"),
              golden.number(path + "mrr")
            },
            within(1e-9));
    assertThat(RetrievalMetrics.medianRank(rank_N)).isEqualTo(golden.number(path + "median_rank"));
    assertThat(Arrays.stream(rank_N).average().orElseThrow())
        .isCloseTo(golden.number(path + "mean_rank"), within(1e-9));
  }

  /** Pencil: three pairs on a line, the first two captions equal. */
  @Test
  void tiesGoToTheLowerIndexAndEqualCaptionsCount() {
    float[][] query = {{1}, {2}, {3}};
    float[][] candidate = {{5}, {5}, {5}};
    PairRanks ranks = ranks(query, candidate, PairRanks.groups(List.of("a", "a", "b")));
    assertThat(ranks.strict().ranks()).containsExactly(1, 2, 3);
    assertThat(optimistic(ranks.strict())).containsExactly(1, 1, 1);
    assertThat(pessimistic(ranks.strict())).containsExactly(3, 3, 3);
    assertThat(ranks.any().ranks()).containsExactly(1, 1, 3);
    assertThat(pessimistic(ranks.any())).containsExactly(2, 2, 3);
  }

  /** A model that says the same of everything is worth exactly chance. */
  @Test
  void aCollapsedModelReachesChance() {
    float[][] same = new float[200][8];
    int[] rank_N = ranks(same, same, IntStream.range(0, 200).toArray()).strict().ranks();
    assertThat(RetrievalMetrics.recall(rank_N, 10)).isCloseTo(10 / 200.0, within(1e-12));
    assertThat(RetrievalMetrics.medianRank(rank_N)).isEqualTo(100.5);
  }

  /** Blocks, threads and transposition against sorting a plain matrix of plain loops. */
  @ParameterizedTest
  @CsvSource({"1,1,true", "31,3,false", "129,7,true", "300,64,false", "515,5,true"})
  void equalsTheNaiveOracle(int count, int width, boolean coarse) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] query = random(random, count, width, coarse);
    float[][] candidate = random(random, count, width, coarse);
    int[] group = random.ints(count, 0, Math.max(1, count / 3)).toArray();
    PairRanks ranks = ranks(query, candidate, group);
    int[] strict = new int[count];
    int[] any = new int[count];
    for (int i = 0; i < count; i++) {
      float[] score = naiveScores(query[i], candidate);
      List<Integer> order =
          IntStream.range(0, count).boxed().sorted(Comparator.comparing(c -> -score[c])).toList();
      int wanted = group[i];
      strict[i] = 1 + order.indexOf(i);
      any[i] =
          1
              + IntStream.range(0, count)
                  .filter(r -> group[order.get(r)] == wanted)
                  .findFirst()
                  .orElseThrow();
    }
    assertThat(ranks.strict().ranks()).as("seed %d", seed).isEqualTo(strict);
    assertThat(ranks.any().ranks()).as("seed %d", seed).isEqualTo(any);
  }

  /** Columns ranked along with the rows are the rows of the matrix turned over. */
  @ParameterizedTest
  @CsvSource({"1,1,true", "95,7,false", "300,9,true"})
  void theWayBackIsTheWayForthTurnedOver(int count, int width, boolean coarse) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] image = random(random, count, width, coarse);
    float[][] text = random(random, count, width, coarse);
    int[] group = random.ints(count, 0, Math.max(1, count / 3)).toArray();
    PairRanks back = PairRanks.bothWays(image, text, group).textToImage();
    PairRanks forth = ranks(text, image, group);
    assertThat(counts(back.strict())).as("seed %d", seed).isDeepEqualTo(counts(forth.strict()));
    assertThat(counts(back.any())).as("seed %d", seed).isDeepEqualTo(counts(forth.any()));
  }

  private static int[][] counts(RankCounts counts) {
    return new int[][] {counts.above_N(), counts.tiedBefore_N(), counts.tied_N()};
  }

  @Test
  void scoresEqualThePlainLoopBitByBit() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[][] query = Random2d.normal(random, 40, 96);
    float[][] candidate = Random2d.normal(random, 333, 96);
    float[][] rows = new float[40][333];
    new ScoreRows(candidate).fill(query, 0, 40, rows);
    for (int q = 0; q < 40; q++) {
      assertThat(rows[q])
          .as("seed %d, query %d", seed, q)
          .isEqualTo(naiveScores(query[q], candidate));
    }
  }

  @Test
  void refusesWhatItCannotRank() {
    float[][] good = {{1}, {2}};
    float[][] bad = {{1}, {Float.NaN}};
    assertThatThrownBy(() -> ranks(good, bad, new int[2]))
        .hasMessage("text embeddings: row 1 holds NaN; the model has diverged");
    assertThatThrownBy(() -> ranks(good, new float[1][1], new int[2]))
        .hasMessageContaining("got 2 and 1");
  }

  private static float[][] random(Random random, int rows, int columns, boolean coarse) {
    return coarse
        ? Random2d.coarse(random, rows, columns, 1)
        : Random2d.normal(random, rows, columns);
  }

  private static float[] naiveScores(float[] query, float[][] candidates) {
    float[] scores = new float[candidates.length];
    for (int c = 0; c < scores.length; c++) {
      float sum = 0;
      for (int e = 0; e < query.length; e++) {
        sum += query[e] * candidates[c][e];
      }
      scores[c] = sum;
    }
    return scores;
  }
}
