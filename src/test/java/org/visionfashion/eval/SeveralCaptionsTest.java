package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.visionfashion.eval.Fixture.PROVENANCE;
import static org.visionfashion.eval.Fixture.SCHEME;
import static org.visionfashion.eval.Fixture.score;
import static org.visionfashion.eval.Fixture.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.metrics.Interval;

/** Retrieval where a picture has several captions. */
class SeveralCaptionsTest {

  private static final String RECALL_10 = "retrieval.%s.recall@10";

  /** None, one, two, ... captions, all different but for one that every fifth picture has. */
  private static List<Example> examples(int count, int most, long seed) {
    Random random = new Random(seed);
    List<Example> examples = new ArrayList<>();
    for (Example example : Fixture.examples(count)) {
      int n = examples.size();
      List<String> captions = new ArrayList<>();
      if (n % 5 == 0) {
        captions.add("a garment");
      }
      int more = n % 10 == 9 ? 0 : 1 + random.nextInt(most);
      IntStream.range(0, more).forEach(c -> captions.add("garment %d, word %d".formatted(n, c)));
      examples.add(with(example, captions));
    }
    return examples;
  }

  private static Example with(Example example, List<String> captions) {
    return new Example(
        example.id(),
        example.picture(),
        captions,
        example.category(),
        example.attributes(),
        example.item(),
        example.split());
  }

  private static Evaluation evaluate(EmbeddingTable table) {
    return Scoring.of(
            Fixture.task(SCHEME, LabelCounts.of(SCHEME, table.examples()), 100),
            table,
            Optional.empty(),
            PROVENANCE)
        .evaluation();
  }

  /**
   * Pencil: three captions of picture 0, one of picture 1. Picture 0 finds its second caption
   * first; picture 1 finds one of the other's before its own. Of the captions two find their
   * picture first.
   */
  @Test
  void picturesFindAnyOfTheirCaptionsAndEveryCaptionAsks() {
    List<Example> two =
        List.of(
            with(Fixture.example(0, "", -1, new byte[7]), List.of("a", "b", "c")),
            with(Fixture.example(4, "", -1, new byte[7]), List.of("d")));
    float[][] image_NE = {{1, 0}, {0, 1}};
    float[][] text_ME = {{0, 9}, {9, 0}, {1, 2}, {8, 8}};
    Evaluation evaluation =
        evaluate(new EmbeddingTable(two, image_NE, text_ME, new float[0][], new float[0][]));
    assertThat(evaluation.pictures().judged()).isEqualTo(2);
    assertThat(evaluation.pictures().captions()).isEqualTo(4);
    Score toText = score(evaluation, "retrieval.image_to_text.recall@1");
    assertThat(toText.count()).isEqualTo(2);
    assertThat(toText.value()).isEqualTo(0.5);
    assertThat(toText.baseline()).as("3 of 4, 1 of 4").isEqualTo(0.5);
    Score toImage = score(evaluation, "retrieval.text_to_image.recall@1");
    assertThat(toImage.count()).isEqualTo(4);
    assertThat(toImage.value()).as("a tie goes to the first picture").isEqualTo(0.25);
    assertThat(toImage.baseline()).isEqualTo(0.5);
    assertThat(EvaluationTable.lines(evaluation).get(0)).contains("2 pictures", "4 captions");
  }

  /** Ranks by plain loops, with the definitions that benchmarks of MS-COCO have. */
  @Test
  void allScoresAreThoseOfPlainLoops() {
    long seed = System.nanoTime();
    List<Example> examples = examples(130, 4, seed);
    EmbeddingTable table = Fixture.table(examples, seed, 3);
    Evaluation evaluation = evaluate(table);
    EmbeddingTable.Captioned captioned = table.captioned();
    int pictures = captioned.size();
    int[] owner_M = captioned.owner_M();
    int captions = owner_M.length;
    assertThat(captions).isEqualTo(captioned.text_ME().length).isGreaterThan(200);
    double found = 0;
    double reciprocal = 0;
    for (int n = 0; n < pictures; n++) {
      float best = Float.NEGATIVE_INFINITY;
      for (int m = 0; m < captions; m++) {
        best = owner_M[m] == n ? Math.max(best, dot(captioned, n, m)) : best;
      }
      int rank = 1;
      for (int m = 0; m < captions; m++) {
        rank += owner_M[m] != n && dot(captioned, n, m) > best ? 1 : 0;
      }
      found += rank <= 10 ? 1 : 0;
      reciprocal += 1.0 / rank;
    }
    assertThat(value(evaluation, RECALL_10.formatted("image_to_text")))
        .as("seed %d", seed)
        .isCloseTo(found / pictures, within(1e-12));
    assertThat(value(evaluation, "retrieval.image_to_text.mrr"))
        .as("seed %d", seed)
        .isCloseTo(reciprocal / pictures, within(1e-12));
    found = 0;
    for (int m = 0; m < captions; m++) {
      int rank = 1;
      for (int n = 0; n < pictures; n++) {
        rank += dot(captioned, n, m) > dot(captioned, owner_M[m], m) ? 1 : 0;
      }
      found += rank <= 10 ? 1 : 0;
    }
    assertThat(value(evaluation, RECALL_10.formatted("text_to_image")))
        .as("seed %d", seed)
        .isCloseTo(found / captions, within(1e-12));
    assertThat(Scores.of(table, SCHEME).known())
        .containsEntry(
            ScoreKey.IMAGE_TO_TEXT.key(), value(evaluation, ScoreKey.IMAGE_TO_TEXT.key()))
        .containsEntry(
            ScoreKey.TEXT_TO_IMAGE.key(), value(evaluation, ScoreKey.TEXT_TO_IMAGE.key()));
  }

  private static float dot(EmbeddingTable.Captioned captioned, int n, int m) {
    float sum = 0;
    for (int e = 0; e < captioned.image_PE()[n].length; e++) {
      sum += captioned.image_PE()[n][e] * captioned.text_ME()[m][e];
    }
    return sum;
  }

  @Test
  void whatChanceReachesCountsAllCaptions() {
    List<Example> examples = examples(120, 3, 1);
    Evaluation evaluation = evaluate(Fixture.table(examples, 1, 3));
    int pictures = (int) examples.stream().filter(Example::hasCaption).count();
    int captions = examples.stream().mapToInt(e -> e.captions().size()).sum();
    double toText =
        examples.stream()
            .filter(Example::hasCaption)
            .mapToDouble(e -> 1 - missed(e.captions().size(), captions))
            .average()
            .orElseThrow();
    assertThat(score(evaluation, RECALL_10.formatted("image_to_text")).baseline())
        .isCloseTo(toText, within(1e-12));
    assertThat(score(evaluation, RECALL_10.formatted("text_to_image")).baseline())
        .isCloseTo(10.0 / pictures, within(1e-12));
    double shared = examples.stream().filter(e -> e.captions().contains("a garment")).count();
    assertThat(evaluation.cautions())
        .anyMatch(each -> each.contains("%.0f of %d pictures".formatted(shared, pictures)));
    Details.Slice slice = evaluation.details().slices().get(0);
    assertThat(evaluation.details().slices().stream().mapToInt(Details.Slice::queries).sum())
        .isEqualTo(pictures);
    assertThat(evaluation.details().slices().stream().mapToInt(Details.Slice::captions).sum())
        .isEqualTo(captions);
    assertThat(slice.strict().textToImage().chanceRecallAt10())
        .isCloseTo(10.0 / pictures, within(1e-12));
    assertThat(score(evaluation, "retrieval.galleries.image_to_text.recall@1_among_100").count())
        .isEqualTo(pictures);
    assertThat(score(evaluation, "retrieval.galleries.text_to_image.recall@1_among_100").count())
        .isEqualTo(captions);
  }

  /** Ten draws of so many miss all right ones. */
  private static double missed(int right, int candidates) {
    double missed = 1;
    for (int drawn = 0; drawn < 10; drawn++) {
      missed *= (candidates - drawn - right) / (double) (candidates - drawn);
    }
    return missed;
  }

  /**
   * All captions of a picture are drawn with it: copies of them are no further evidence, so the
   * interval is that of one caption, not narrower.
   */
  @Test
  void copiesOfACaptionDoNotNarrowTheInterval() {
    List<Example> once = Fixture.examples(120);
    EmbeddingTable single = Fixture.table(once, 7, 3);
    List<Example> twice = new ArrayList<>();
    List<float[]> texts = new ArrayList<>();
    int m = 0;
    for (Example example : once) {
      List<String> captions = new ArrayList<>(example.captions());
      example.captions().forEach(caption -> captions.add(caption + " again"));
      twice.add(with(example, captions));
      for (int c = 0; c < example.captions().size(); c++) {
        texts.add(single.text_ME()[m]);
        texts.add(single.text_ME()[m++]);
      }
    }
    Evaluation expected = evaluate(single);
    Evaluation actual =
        evaluate(
            new EmbeddingTable(
                twice,
                single.image_NE(),
                texts.toArray(float[][]::new),
                single.category_NC(),
                single.attribute_NA()));
    String key = RECALL_10.formatted("text_to_image");
    assertThat(score(actual, key).count()).isEqualTo(2 * score(expected, key).count());
    assertThat(value(actual, key)).isEqualTo(value(expected, key));
    assertThat(score(actual, key).interval()).isEqualTo(score(expected, key).interval());
  }

  /** The evaluation before pictures could have several captions, in every digit. */
  @Test
  void oneCaptionAPictureGivesTheScoresThatItGave() throws IOException {
    Evaluation evaluation = evaluate(Fixture.table(Fixture.examples(130), 2, 3));
    List<String> rows = resource("one-caption-a-picture.csv").lines().skip(2).toList();
    assertThat(rows).hasSize(26);
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      Score score = score(evaluation, cells[0]);
      Interval interval =
          Optional.ofNullable(score.interval()).orElse(new Interval(Double.NaN, Double.NaN));
      List<Double> numbers =
          List.of(
              score.value(),
              (double) score.count(),
              // unknown then: the median among equal captions
              cells[3].equals("NaN") ? Double.NaN : score.baseline(),
              interval.low(),
              interval.high());
      assertThat(numbers)
          .as(cells[0])
          .isEqualTo(Arrays.stream(cells).skip(1).map(Double::valueOf).toList());
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SeveralCaptionsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyCaptionNeedsARow() {
    List<Example> examples = examples(10, 3, 2);
    float[][] image_NE = new float[10][2];
    assertThatThrownBy(
            () ->
                new EmbeddingTable(
                    examples, image_NE, new float[10][2], new float[0][], new float[0][]))
        .hasMessageContaining("text_ME has 10 rows");
  }
}
