package org.visionfashion.report.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.report.gallery.Cases.Case;
import org.visionfashion.report.gallery.Cases.Why;

/** Nobody chooses: the seed and the ranks do. */
class CasesTest {

  private static Search random(int size, long seed) {
    Random random = new Random(seed);
    float[][] query = new float[size][4];
    float[][] candidate = new float[size][4];
    for (int i = 0; i < size; i++) {
      for (int e = 0; e < 4; e++) {
        query[i][e] = (float) random.nextGaussian();
        candidate[i][e] = query[i][e] + (float) random.nextGaussian();
      }
    }
    return Search.pairs(query, candidate);
  }

  private static List<Integer> queries(List<Case> cases, Why why) {
    return cases.stream().filter(c -> c.why() == why).map(Case::query).toList();
  }

  @Test
  void ranksByPencil() {
    Search search =
        Search.pairs(new float[][] {{1, 0}, {0, 1}}, new float[][] {{0.5f, 0.5f}, {0.5f, 0.25f}});
    assertThat(search.scores(0)).containsExactly(0.5f, 0.5f);
    assertThat(search.rank(0, search.scores(0))).isEqualTo(1);
    assertThat(search.rank(1, search.scores(0))).isEqualTo(2); // a tie to the lower index
    assertThat(search.rank(1, search.scores(1))).isEqualTo(2);
    assertThat(Search.best(new float[] {1, 3, 2, 3}, 3)).containsExactly(1, 3, 2);
  }

  /** Pencil: of a query with two targets the better one counts, and is no rival of the other. */
  @Test
  void theBestOfSeveralTargetsCounts() {
    Search search =
        new Search(
            new float[][] {{1}}, new float[][] {{1}, {4}, {3}, {3}}, new int[][] {{0, 2, 3}});
    float[] score_P = search.scores(0);
    assertThat(search.target(0, score_P)).isEqualTo(2);
    assertThat(search.rank(0, score_P)).isEqualTo(2);
    assertThat(search.hits(0, 3)).isTrue();
    assertThat(search.hits(0, 1)).isFalse();
    assertThat(Cases.choose(search, 1, 1, 1)).containsExactly(new Case(0, Why.BEST));
  }

  @Test
  void bestMedianAndWorstAreWhatTheyAreCalled() {
    Search search = random(300, 7);
    List<Integer> ranked =
        IntStream.range(0, 300)
            .boxed()
            .sorted(Comparator.comparing(q -> search.rank(q, search.scores(q))))
            .toList();
    List<Integer> ranks = ranked.stream().map(q -> search.rank(q, search.scores(q))).toList();
    List<Case> cases = Cases.choose(search, 2, 3, 1);
    assertThat(queries(cases, Why.BEST))
        .hasSize(2)
        .allSatisfy(q -> assertThat(search.rank(q, search.scores(q))).isEqualTo(ranks.get(0)));
    assertThat(queries(cases, Why.WORST))
        .allSatisfy(
            q ->
                assertThat(search.rank(q, search.scores(q)))
                    .isGreaterThanOrEqualTo(ranks.get(298)));
    assertThat(queries(cases, Why.MEDIAN).stream().map(q -> search.rank(q, search.scores(q))))
        .containsExactly(ranks.get(149), ranks.get(150));
    assertThat(queries(cases, Why.RANDOM)).hasSize(3);
    assertThat(cases.stream().map(Case::query)).doesNotHaveDuplicates().hasSize(9);
  }

  @Test
  void theSameSeedChoosesTheSame() {
    Search search = random(200, 3);
    assertThat(Cases.choose(search, 2, 4, 5)).isEqualTo(Cases.choose(search, 2, 4, 5));
    assertThat(queries(Cases.choose(search, 2, 4, 6), Why.RANDOM))
        .isNotEqualTo(queries(Cases.choose(search, 2, 4, 5), Why.RANDOM));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void fewQueriesAreShownOnce(int size) {
    List<Case> cases = Cases.choose(random(size, 1), 2, 4, 1);
    assertThat(cases.stream().map(Case::query).sorted())
        .isEqualTo(IntStream.range(0, size).boxed().toList());
  }

  @Test
  void theBestAreThoseOfAFullSort() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    float[] score_P = new float[500];
    for (int p = 0; p < score_P.length; p++) {
      score_P[p] = random.nextInt(60); // ties
    }
    for (int count : new int[] {1, 10, 499, 500, 600}) {
      assertThat(Search.best(score_P, count))
          .as("seed %d", seed)
          .isEqualTo(
              IntStream.range(0, score_P.length)
                  .boxed()
                  .sorted(Comparator.comparing((Integer p) -> -score_P[p]).thenComparing(p -> p))
                  .limit(count)
                  .toList());
    }
  }

  @Test
  void scoresOfSeveralQueriesAreThoseOfEach() {
    Search search = random(300, 4);
    float[][] score_QP = search.scores(List.of(7, 299, 0));
    assertThat(score_QP[0]).isEqualTo(search.scores(7));
    assertThat(score_QP[1]).isEqualTo(search.scores(299));
    assertThat(score_QP[2]).isEqualTo(search.scores(0));
  }
}
