package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.visionfashion.eval.Fixture.PROVENANCE;
import static org.visionfashion.eval.Fixture.SCHEME;
import static org.visionfashion.eval.Fixture.score;
import static org.visionfashion.eval.Fixture.value;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;
import org.visionfashion.data.check.Leakage;
import org.visionfashion.metrics.ExclusiveGroups;

class ScoringTest {

  private final List<Example> examples = Fixture.examples(120);
  private final LabelCounts training = LabelCounts.of(SCHEME, examples);

  private Evaluation evaluate(EmbeddingTable table) {
    return scored(table).evaluation();
  }

  private EvaluatedModel scored(EmbeddingTable table) {
    return Scoring.of(Fixture.task(SCHEME, training, 200), table, Optional.empty(), PROVENANCE);
  }

  @Test
  void aPerfectModelReachesEveryCeiling() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 1, 0));
    assertThat(evaluation.examples()).isEqualTo(120);
    for (String key :
        List.of(
            "retrieval.image_to_text.recall@1",
            "retrieval.text_to_image.mrr",
            "category.top1",
            "category.macro_f1",
            "attributes.mean_average_precision",
            "attributes.group_accuracy",
            "attributes.texture48.recall@5")) {
      assertThat(value(evaluation, key)).as(key).isEqualTo(1);
    }
    Score recall = score(evaluation, "attributes.recall@5");
    assertThat(recall.value()).isEqualTo(recall.best());
    assertThat(value(evaluation, "attributes.texture48.recall@1")).isEqualTo(0.5);
  }

  @Test
  void everyScoreLiesWithinItsBoundsAndInterval() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 2, 3));
    assertThat(evaluation.sections()).hasSize(10);
    for (Section section : evaluation.sections()) {
      for (Score score : section.scores()) {
        String what = section.title() + ": " + score;
        assertThat(score.count()).as(what).isBetween(108, 120);
        if (!Double.isNaN(score.best())) {
          assertThat(score.value()).as(what).isBetween(0.0, score.best());
          assertThat(score.baseline()).as(what).isBetween(0.0, score.best());
        }
        if (score.interval() != null) {
          assertThat(score.value())
              .as(what)
              .isBetween(score.interval().low(), score.interval().high());
        }
      }
    }
  }

  @Test
  void picturesWithoutCaptionTakeNoPartInRetrieval() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 3, 1));
    Score strict = score(evaluation, "retrieval.image_to_text.recall@10");
    assertThat(strict.baseline()).isCloseTo(10 / 108.0, within(1e-12));
    assertThat(strict.best()).isNaN();
    assertThat(score(evaluation, "retrieval.duplicate_aware.image_to_text.recall@10").baseline())
        .isGreaterThan(10 / 108.0);
  }

  /** Two captions are equal: their pictures find either, the third finds its own. */
  @Test
  void equalCaptionsCountWhenDuplicatesDo() {
    byte[] none = {0, 0, 1, 0, 0, 0, 0};
    List<Example> three =
        List.of(
            Fixture.example(0, "red", -1, none),
            Fixture.example(4, "red", -1, none),
            Fixture.example(8, "blue", -1, none));
    float[][] image_NE = {{0, 1}, {1, 0}, {-1, -1}};
    float[][] text_NE = {{1, 0}, {0, 1}, {-1, -1}};
    EmbeddingTable table =
        new EmbeddingTable(three, image_NE, text_NE, new float[0][], new float[0][]);
    Evaluation evaluation = evaluate(table);
    assertThat(value(evaluation, "retrieval.image_to_text.recall@1"))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(evaluation, "retrieval.duplicate_aware.image_to_text.recall@1")).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsNull() {
    EmbeddingTable full = Fixture.table(examples, 4, 1);
    Evaluation headless =
        evaluate(
            new EmbeddingTable(
                examples, full.image_NE(), full.text_ME(), new float[0][], new float[0][]));
    assertThat(headless.details().category()).isNull();
    assertThat(headless.details().attributes()).isNull();
    assertThat(headless.score(ScoreKey.IMAGE_TO_TEXT)).isPresent();

    List<Example> bare =
        List.of(
            Fixture.example(0, "", -1, new byte[7]),
            Fixture.example(1, "", -1, new byte[] {-1, -1, -1, -1, -1, -1, -1}));
    Evaluation nothing = evaluate(Fixture.table(bare, 5, 1));
    assertThat(nothing.score(ScoreKey.IMAGE_TO_TEXT)).isEmpty();
    assertThat(nothing.details()).isEqualTo(new Details(List.of(), null, null, null));
    assertThat(evaluate(Fixture.table(List.of(), 6, 1)).sections()).isEmpty();
  }

  @Test
  void freeTagsHaveNoGroupsAndNoTextures() {
    LabelScheme tags =
        new LabelScheme(
            "custom",
            List.of(),
            List.of(
                new AttributeGroup("", List.of("a", "b", "c", "d", "e", "f", "g"), Kind.TAGS, -1)));
    List<Example> unclassed = examples.stream().map(ScoringTest::unclassed).toList();
    EmbeddingTable full = Fixture.table(unclassed, 6, 1);
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(tags, LabelCounts.of(tags, unclassed), 0),
                full,
                Optional.empty(),
                PROVENANCE)
            .evaluation();
    assertThat(evaluation.details().category()).isNull();
    assertThat(evaluation.score(ScoreKey.TEXTURES)).isEmpty();
    assertThat(value(evaluation, "attributes.group_accuracy")).isNaN();
    assertThat(score(evaluation, "retrieval.image_to_text.recall@10").interval()).isNull();
  }

  private static Example unclassed(Example example) {
    return new Example(
        example.id(),
        example.picture().file(),
        example.caption(),
        Example.UNKNOWN,
        example.attributes(),
        example.item(),
        example.split());
  }

  /** The same textures with NA as an output of its own give the same report. */
  @Test
  void texture48ReadsBothSchemesAlike() {
    LabelScheme withNa =
        new LabelScheme(
            "paper",
            SCHEME.categories(),
            List.of(
                new AttributeGroup("fabric", List.of("denim", "cotton", "NA"), Kind.TEXTURE, 2),
                new AttributeGroup("pattern", List.of("floral", "plain", "NA"), Kind.TEXTURE, 2)));
    EmbeddingTable card = Fixture.table(examples, 7, 4);
    ExclusiveGroups reader = ExclusiveGroups.textures(SCHEME);
    List<Example> relabelled =
        examples.stream()
            .map(
                e ->
                    new Example(
                        e.id(),
                        e.picture().file(),
                        e.caption(),
                        e.category(),
                        reader.labels(e.attributes()),
                        e.item(),
                        e.split()))
            .toList();
    EmbeddingTable paper =
        new EmbeddingTable(
            relabelled,
            card.image_NE(),
            card.text_ME(),
            card.category_NC(),
            reader.scores(card.attribute_NA()));
    Evaluation expected = evaluate(card);
    Evaluation actual =
        Scoring.of(
                Fixture.task(withNa, LabelCounts.of(withNa, relabelled), 0),
                paper,
                Optional.empty(),
                PROVENANCE)
            .evaluation();
    for (String recall : List.of("recall@1", "recall@3", "recall@5")) {
      Score textures = score(expected, "attributes.texture48." + recall);
      Score same = score(actual, "attributes.texture48." + recall);
      assertThat(same.value()).isEqualTo(textures.value());
      assertThat(same.baseline()).isEqualTo(textures.baseline());
      assertThat(same.best()).isEqualTo(textures.best());
      Score all = score(actual, "attributes." + recall);
      assertThat(all.value()).isEqualTo(textures.value());
      assertThat(all.baseline()).isEqualTo(textures.baseline());
    }
  }

  @Test
  void warnsOfWhatFlattersOrMisleads() {
    EmbeddingTable table = Fixture.table(Fixture.examples(24), 8, 1);
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(training, Set.of("item-0", "item-1", "item-99")),
                table,
                Optional.empty(),
                PROVENANCE)
            .evaluation();
    assertThat(evaluation.cautions())
        .anySatisfy(c -> assertThat(c).startsWith("8 of 24 pictures (33.3 %) show an item"))
        .anySatisfy(c -> assertThat(c).startsWith("Only 22 pairs"))
        .anySatisfy(c -> assertThat(c).contains("20 of 22 pictures (90.9 %) share their caption"))
        .anySatisfy(c -> assertThat(c).startsWith("3 of 3 categories have fewer than 10 pictures"))
        .anySatisfy(c -> assertThat(c).contains("upper pattern: floral (5)"));
  }

  /** Copies found among some of the training pictures are the least there are. */
  @Test
  void copiesInTrainingAreTold() {
    List<String> copied = List.of("a", "b", "c", "d", "e", "f");
    assertThat(Cautions.copies(new Leakage(24, copied, 100, 100)))
        .singleElement()
        .asString()
        .startsWith("6 of 24 pictures (25.0 %)")
        .contains("a, b, c, d, e and others");
    assertThat(Cautions.copies(new Leakage(24, copied, 100, 300)))
        .singleElement()
        .asString()
        .startsWith("At least 6 of 24 pictures")
        .contains("100 of 300", "eval.leakage");
    assertThat(Cautions.copies(Leakage.NONE)).isEmpty();
  }

  @Test
  void isQuietWhereNothingIsWrong() {
    List<Example> more =
        IntStream.range(0, 3)
            .boxed()
            .flatMap(round -> examples.stream().map(example -> alone(example, round)))
            .toList();
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(training, Set.of("another item")),
                Fixture.table(more, 9, 1),
                Optional.empty(),
                PROVENANCE)
            .evaluation();
    assertThat(evaluation.cautions()).isEmpty();
  }

  /** The example again, with a name, an item and a caption that no other has. */
  private static Example alone(Example e, int round) {
    String id = e.id() + "-" + round;
    String caption = "a garment called " + id;
    return new Example(
        id, e.picture().file(), caption, e.category(), e.attributes(), id, e.split());
  }

  /** Each class, group and attribute by itself, counted here in plain loops. */
  @Test
  void everyClassGroupAndAttributeByItself() {
    EmbeddingTable table = Fixture.table(examples, 12, 3);
    Evaluation evaluation = evaluate(table);
    Details.Category category = evaluation.details().category();
    assertThat(category.perClass())
        .extracting(Details.ClassScores::name)
        .isEqualTo(SCHEME.categories());
    for (int c = 0; c < 3; c++) {
      int wanted = c;
      Details.ClassScores scores = category.perClass().get(c);
      double labelled = examples.stream().filter(e -> e.category() == wanted).count();
      double predicted = table.examples().stream().filter(e -> named(table, e) == wanted).count();
      double both =
          examples.stream()
              .filter(e -> e.category() == wanted && named(table, e) == wanted)
              .count();
      assertThat(scores.support()).isEqualTo((int) labelled);
      assertThat(scores.predicted()).isEqualTo((int) predicted);
      assertThat(scores.precision()).isCloseTo(both / predicted, within(1e-12));
      assertThat(scores.recall()).isCloseTo(both / labelled, within(1e-12));
      assertThat(scores.recall()).isBetween(scores.ci95Recall().low(), scores.ci95Recall().high());
      assertThat(category.confusion().get(c).get(c)).isEqualTo((int) both);
    }
    Details.Attributes attributes = evaluation.details().attributes();
    assertThat(attributes.groups())
        .extracting(Details.GroupScores::name)
        .containsExactly("hat", "upper fabric", "upper pattern");
    Details.GroupScores fabric = attributes.groups().get(1);
    assertThat(fabric.withNa().count()).isEqualTo(120);
    assertThat(fabric.withoutNa().count()).isEqualTo(60);
    double right = 0;
    for (int n = 0; n < 120; n++) {
      float[] logit_A = table.attribute_NA()[n];
      boolean known = n % 4 < 2;
      right += known && logit_A[3 + n % 4] > logit_A[4 - n % 4] ? 1 : 0;
    }
    assertThat(fabric.withoutNa().accuracy()).isCloseTo(right / 60, within(1e-12));
    assertThat(fabric.withoutNa().baseline()).isEqualTo(0.5);
    assertThat(fabric.withNa().baseline()).isEqualTo(0.5);
    assertThat(attributes.perAttribute())
        .extracting(Details.SingleAttribute::name)
        .isEqualTo(SCHEME.attributes());
    assertThat(
            attributes.perAttribute().stream()
                .mapToDouble(Details.SingleAttribute::averagePrecision)
                .average()
                .orElseThrow())
        .isCloseTo(value(evaluation, "attributes.mean_average_precision"), within(1e-12));
    Details.SingleAttribute floral = attributes.perAttribute().get(5);
    assertThat(floral.support()).isEqualTo(24);
    assertThat(floral.baselineAveragePrecision()).isEqualTo(0.2);
    assertThat(floral.averagePrecision())
        .isBetween(floral.ci95AveragePrecision().low(), floral.ci95AveragePrecision().high());
  }

  private int named(EmbeddingTable table, Example example) {
    float[] logit_C = table.category_NC()[examples.indexOf(example)];
    return IntStream.range(0, 3)
        .boxed()
        .max((a, b) -> Float.compare(logit_C[a], logit_C[b]))
        .orElseThrow();
  }

  /** Four pictures an item: whoever gives them one place finds the three others first. */
  @Test
  void picturesOfAnItemFindEachOther() {
    float[][] image_NE = new float[120][120];
    for (int n = 0; n < 120; n++) {
      image_NE[n][n / 4] = 1;
    }
    Evaluation evaluation =
        evaluate(
            new EmbeddingTable(examples, image_NE, new float[0][], new float[0][], new float[0][]));
    Score recall = score(evaluation, "image_to_image.recall@10");
    assertThat(recall.count()).isEqualTo(120);
    assertThat(value(evaluation, "image_to_image.recall@1")).isEqualTo(1);
    assertThat(value(evaluation, "image_to_image.mean_average_precision")).isEqualTo(1);
    assertThat(recall.baseline()).isBetween(3 * 9 / 119.0 * 0.8, 3 * 10 / 119.0);
  }

  @Test
  void everyIntervalHasItsDraws() {
    EvaluatedModel scored = scored(Fixture.table(examples, 14, 3));
    for (Section section : scored.evaluation().sections()) {
      for (Score score : section.scores()) {
        assertThat(scored.resamples().of(section.key(score)))
            .hasSize(score.interval() == null ? 0 : 200);
      }
    }
  }

  /** Names, words and digits of all scores come from one list. */
  @Test
  void everyScoreHasAKey() {
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(SCHEME, training, 0),
                Fixture.table(examples, 15, 3),
                Optional.of(Fixture.prompts(1)),
                PROVENANCE)
            .evaluation();
    for (Section section : evaluation.sections()) {
      for (Score score : section.scores()) {
        ScoreKey key = ScoreKey.of(section.key(score)).orElseThrow();
        assertThat(key.key()).isEqualTo(section.key(score));
        assertThat(key.metric().key()).isEqualTo(score.name());
      }
    }
    assertThat(ScoreKey.HEADLINES).allMatch(key -> evaluation.score(key).isPresent());
    assertThat(ScoreKey.of("retrieval.image_to_text.recall@10")).hasValue(ScoreKey.IMAGE_TO_TEXT);
    assertThat(ScoreKey.of("attributes.texture48.recall@5")).hasValue(ScoreKey.TEXTURES);
    assertThat(ScoreKey.of("category.no_such_score")).isEmpty();
    assertThat(ScoreKey.IMAGE_TO_TEXT.title()).isEqualTo("Image to text, recall@10");
    assertThat(ScoreKey.Metric.MEDIAN_RANK.label()).contains("lower is better");
  }

  @Test
  void validationScoresAreThoseOfTheEvaluation() {
    EmbeddingTable table = Fixture.table(examples, 10, 3);
    Evaluation evaluation = evaluate(table);
    Scores scores = Scores.of(table, SCHEME);
    assertThat(scores.known().keySet())
        .containsExactly(
            ScoreKey.IMAGE_TO_TEXT.key(),
            ScoreKey.TEXT_TO_IMAGE.key(),
            ScoreKey.CATEGORY.key(),
            ScoreKey.ATTRIBUTE_PRECISION.key(),
            ScoreKey.TEXTURES.key());
    scores
        .known()
        .forEach(
            (key, known) ->
                assertThat(known).as(key).isCloseTo(value(evaluation, key), within(1e-12)));
    double sum =
        value(evaluation, "retrieval.image_to_text.mrr")
            + value(evaluation, "retrieval.text_to_image.mrr")
            + value(evaluation, "category.top1")
            + value(evaluation, "attributes.mean_average_precision")
            + value(evaluation, "attributes.texture48.recall@5");
    assertThat(scores.deciding()).isCloseTo(sum / 5, within(1e-12));
    EmbeddingTable headless =
        new EmbeddingTable(
            examples, table.image_NE(), table.text_ME(), new float[0][], new float[0][]);
    assertThat(Scores.of(headless, SCHEME).known().keySet())
        .containsExactly(ScoreKey.IMAGE_TO_TEXT.key(), ScoreKey.TEXT_TO_IMAGE.key());
  }

  @Test
  void constantPredictorsKnowTrainingOnly() {
    assertThat(training.category_C()).containsExactly(40, 40, 40);
    assertThat(training.attribute_A()).containsExactly(40, 40, 40, 30, 30, 24, 24);
    assertThat(training.texture_T()).containsExactly(30, 30, 60, 24, 24, 72);
    assertThat(training.exclusive_W()).containsExactly(40, 40, 40, 30, 30, 60, 24, 24, 72);
    // pattern NA 72/120, then fabric NA 60/120: found of two each
    assertThat(
            evaluate(Fixture.table(examples, 11, 1))
                .score("attributes.texture48.recall@3")
                .orElseThrow()
                .baseline())
        .isCloseTo((0.6 + 0.5 + 0.25) / 2, within(1e-12));
  }

  @Test
  void refusesTablesThatDoNotFit() {
    assertThatThrownBy(
            () ->
                new EmbeddingTable(
                    examples, new float[3][2], new float[108][2], new float[0][], new float[0][]))
        .hasMessage("image_NE has 3 rows for 120 examples");
  }
}
