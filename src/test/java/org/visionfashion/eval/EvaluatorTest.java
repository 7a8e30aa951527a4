package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.visionfashion.eval.Fixture.PROVENANCE;
import static org.visionfashion.eval.Fixture.SCHEME;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;
import org.visionfashion.metrics.ExclusiveGroups;

class EvaluatorTest {

  private final List<Example> examples = Fixture.examples(120);
  private final LabelCounts training = LabelCounts.of(SCHEME, examples);

  private Evaluation evaluate(EmbeddingTable table) {
    return Evaluator.evaluate(
        Fixture.task(SCHEME, training, 200), table, Optional.empty(), PROVENANCE);
  }

  @Test
  void aPerfectModelReachesEveryCeiling() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 1, 0));
    assertThat(evaluation.examples()).isEqualTo(120);
    assertThat(evaluation.retrieval().imageToText().recallAt1()).isEqualTo(1);
    assertThat(evaluation.retrieval().textToImage().mrr()).isEqualTo(1);
    assertThat(evaluation.category().top1()).isEqualTo(1);
    assertThat(evaluation.category().macroF1()).isEqualTo(1);
    AttributeReport attributes = evaluation.attributes();
    assertThat(attributes.recallAt5()).isEqualTo(attributes.ceilingRecallAt5());
    assertThat(attributes.meanAveragePrecision()).isEqualTo(1);
    assertThat(attributes.groupAccuracy()).isEqualTo(1);
    assertThat(attributes.texture48().recallAt5()).isEqualTo(1);
    assertThat(attributes.texture48().recallAt1()).isEqualTo(0.5);
  }

  @Test
  void everyScoreLiesWithinItsBoundsAndInterval() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 2, 3));
    assertThat(evaluation.sections()).hasSize(9);
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
    RetrievalReport retrieval = evaluate(Fixture.table(examples, 3, 1)).retrieval();
    assertThat(retrieval.imageToText().chanceRecallAt10()).isCloseTo(10 / 108.0, within(1e-12));
    assertThat(retrieval.duplicateAware().imageToText().chanceRecallAt10())
        .isGreaterThan(10 / 108.0);
    assertThat(retrieval.attainable()).isNull();
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
    RetrievalReport retrieval = evaluate(table).retrieval();
    assertThat(retrieval.imageToText().recallAt1()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(retrieval.duplicateAware().imageToText().recallAt1()).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsNull() {
    EmbeddingTable full = Fixture.table(examples, 4, 1);
    Evaluation headless =
        evaluate(
            new EmbeddingTable(
                examples, full.image_NE(), full.text_NE(), new float[0][], new float[0][]));
    assertThat(headless.category()).isNull();
    assertThat(headless.attributes()).isNull();
    assertThat(headless.retrieval()).isNotNull();

    List<Example> bare =
        List.of(
            Fixture.example(0, "", -1, new byte[7]),
            Fixture.example(1, "", -1, new byte[] {-1, -1, -1, -1, -1, -1, -1}));
    Evaluation nothing = evaluate(Fixture.table(bare, 5, 1));
    assertThat(nothing.retrieval()).isNull();
    assertThat(nothing.category()).isNull();
    assertThat(nothing.attributes()).isNull();
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
    List<Example> unclassed = examples.stream().map(EvaluatorTest::unclassed).toList();
    EmbeddingTable full = Fixture.table(unclassed, 6, 1);
    Evaluation evaluation =
        Evaluator.evaluate(
            Fixture.task(tags, LabelCounts.of(tags, unclassed), 0),
            full,
            Optional.empty(),
            PROVENANCE);
    assertThat(evaluation.category()).isNull();
    assertThat(evaluation.attributes().texture48()).isNull();
    assertThat(evaluation.attributes().groupAccuracy()).isNaN();
    assertThat(evaluation.retrieval().imageToText().ci95RecallAt10()).isNull();
  }

  private static Example unclassed(Example example) {
    return new Example(
        example.id(),
        example.image(),
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
                        e.image(),
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
            card.text_NE(),
            card.category_NC(),
            reader.scores(card.attribute_NA()));
    AttributeReport.Texture48 expected = evaluate(card).attributes().texture48();
    AttributeReport actual =
        Evaluator.evaluate(
                Fixture.task(withNa, LabelCounts.of(withNa, relabelled), 0),
                paper,
                Optional.empty(),
                PROVENANCE)
            .attributes();
    assertThat(actual.texture48()).isEqualTo(expected);
    assertThat(actual.recallAt5()).isEqualTo(expected.recallAt5());
    assertThat(actual.baselineRecallAt5()).isEqualTo(expected.baselineRecallAt5());
  }

  @Test
  void warnsOfWhatFlattersOrMisleads() {
    EmbeddingTable table = Fixture.table(Fixture.examples(24), 8, 1);
    Evaluation evaluation =
        Evaluator.evaluate(
            Fixture.task(training, Set.of("item-0", "item-1", "item-99")),
            table,
            Optional.empty(),
            PROVENANCE);
    assertThat(evaluation.cautions())
        .anySatisfy(c -> assertThat(c).startsWith("8 of 24 pictures (33.3 %) show an item"))
        .anySatisfy(c -> assertThat(c).startsWith("Only 22 pairs"))
        .anySatisfy(c -> assertThat(c).contains("20 of 22 pictures (90.9 %) share their caption"))
        .anySatisfy(c -> assertThat(c).startsWith("Fewer than 10 pictures for 3 of 3 categories"))
        .anySatisfy(c -> assertThat(c).contains("upper pattern: floral (5)"));
  }

  @Test
  void isQuietWhereNothingIsWrong() {
    List<Example> more =
        IntStream.range(0, 3)
            .boxed()
            .flatMap(round -> examples.stream().map(example -> alone(example, round)))
            .toList();
    Evaluation evaluation =
        Evaluator.evaluate(
            Fixture.task(training, Set.of("another item")),
            Fixture.table(more, 9, 1),
            Optional.empty(),
            PROVENANCE);
    assertThat(evaluation.cautions()).isEmpty();
  }

  /** The example again, with a name, an item and a caption that no other has. */
  private static Example alone(Example e, int round) {
    String id = e.id() + "-" + round;
    String caption = "a garment called " + id;
    return new Example(id, e.image(), caption, e.category(), e.attributes(), id, e.split());
  }

  /** Each class, group and attribute by itself, counted here in plain loops. */
  @Test
  void everyClassGroupAndAttributeByItself() {
    EmbeddingTable table = Fixture.table(examples, 12, 3);
    Evaluation evaluation = evaluate(table);
    CategoryReport category = evaluation.category();
    assertThat(category.perClass())
        .extracting(CategoryReport.ClassScores::name)
        .isEqualTo(SCHEME.categories());
    for (int c = 0; c < 3; c++) {
      int wanted = c;
      CategoryReport.ClassScores scores = category.perClass().get(c);
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
    AttributeReport attributes = evaluation.attributes();
    assertThat(attributes.groups())
        .extracting(AttributeReport.GroupScores::name)
        .containsExactly("hat", "upper fabric", "upper pattern");
    AttributeReport.GroupScores fabric = attributes.groups().get(1);
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
        .extracting(AttributeReport.SingleAttribute::name)
        .isEqualTo(SCHEME.attributes());
    assertThat(
            attributes.perAttribute().stream()
                .mapToDouble(AttributeReport.SingleAttribute::averagePrecision)
                .average()
                .orElseThrow())
        .isCloseTo(attributes.meanAveragePrecision(), within(1e-12));
    AttributeReport.SingleAttribute floral = attributes.perAttribute().get(5);
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
    EmbeddingTable table = Fixture.table(examples, 13, 1);
    float[][] image_NE = new float[120][120];
    for (int n = 0; n < 120; n++) {
      image_NE[n][n / 4] = 1;
    }
    Evaluation evaluation =
        evaluate(
            new EmbeddingTable(
                examples, image_NE, new float[120][], new float[0][], new float[0][]));
    ImageToImageReport report = evaluation.imageToImage();
    assertThat(report.queries()).isEqualTo(120);
    assertThat(report.candidates()).isEqualTo(119);
    assertThat(report.recallAt1()).isEqualTo(1);
    assertThat(report.meanAveragePrecision()).isEqualTo(1);
    assertThat(report.chanceRecallAt10()).isBetween(3 * 9 / 119.0 * 0.8, 3 * 10 / 119.0);
    ImageToImageReport noisy = evaluate(table).imageToImage();
    assertThat(noisy.meanAveragePrecision())
        .isBetween(noisy.ci95MeanAveragePrecision().low(), noisy.ci95MeanAveragePrecision().high());
  }

  /** The intervals of the file and those of the sections come from the same draws. */
  @Test
  void intervalsAgreeWhereverTheyStand() {
    Evaluation evaluation = evaluate(Fixture.table(examples, 14, 3));
    assertThat(evaluation.retrieval().imageToText().ci95RecallAt10())
        .isEqualTo(evaluation.score("retrieval.image_to_text.recall@10").orElseThrow().interval());
    assertThat(evaluation.imageToImage().ci95RecallAt10())
        .isEqualTo(evaluation.score("image_to_image.recall@10").orElseThrow().interval());
    for (Section section : evaluation.sections()) {
      for (Score score : section.scores()) {
        assertThat(evaluation.resamples().of(section.key(score)))
            .hasSize(score.interval() == null ? 0 : 200);
      }
    }
  }

  @Test
  void validationScoresAreThoseOfTheEvaluation() {
    EmbeddingTable table = Fixture.table(examples, 10, 3);
    Evaluation evaluation = evaluate(table);
    Scores scores = Scores.of(table, SCHEME);
    assertThat(scores)
        .isEqualTo(
            new Scores(
                evaluation.retrieval().imageToText().recallAt10(),
                evaluation.retrieval().textToImage().recallAt10(),
                (evaluation.retrieval().imageToText().mrr()
                        + evaluation.retrieval().textToImage().mrr())
                    / 2,
                evaluation.category().top1(),
                evaluation.attributes().meanAveragePrecision(),
                evaluation.attributes().texture48().recallAt5()));
    assertThat(scores.known()).hasSize(5);
    EmbeddingTable headless =
        new EmbeddingTable(
            examples, table.image_NE(), table.text_NE(), new float[0][], new float[0][]);
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
                    examples, new float[3][2], new float[120][2], new float[0][], new float[0][]))
        .hasMessage("image_NE has 3 rows for 120 examples");
  }
}
