package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Details.Slice;

class SlicingTest {

  private static List<Example> named() {
    List<Example> examples = new ArrayList<>();
    for (Example example : Fixture.examples(120)) {
      int n = examples.size();
      String id =
          "%s-%s-id_%08d-01_%s.jpg"
              .formatted(
                  n % 3 == 0 ? "MEN" : "WOMEN",
                  n % 8 < 4 ? "Tees_Tanks" : "Denim",
                  n / 4,
                  List.of("1_front", "2_side", "3_back", "4_full").get(n % 4));
      examples.add(
          new Example(
              id,
              Path.of(id),
              example.caption(),
              example.category(),
              example.attributes(),
              example.item(),
              Split.TEST));
    }
    return examples;
  }

  @Test
  void fileNamesSayGenderTypeAndView() {
    List<Slicing> slicings = Slicing.of(named(), Fixture.SCHEME);
    assertThat(slicings).extracting(Slicing::by).containsExactly("gender", "type", "view");
    assertThat(slicings.get(0).slices().keySet()).containsExactly("MEN", "WOMEN");
    assertThat(slicings.get(1).slices().keySet()).containsExactly("denim", "tees and tanks");
    assertThat(slicings.get(2).slices().keySet()).containsExactly("back", "front", "full", "side");
    assertThat(slicings.get(0).slices().get("MEN")).startsWith(0, 3, 6).hasSize(40);
  }

  @Test
  void otherDataAreSortedByCategory() {
    List<Slicing> slicings = Slicing.of(Fixture.examples(9), Fixture.SCHEME);
    assertThat(slicings).extracting(Slicing::by).containsExactly("category");
    assertThat(slicings.get(0).slices().get("Pants")).containsExactly(1, 4, 7);
    List<Example> bare = List.of(Fixture.example(0, "red", -1, new byte[7]));
    assertThat(Slicing.of(bare, Fixture.SCHEME)).isEmpty();
  }

  /** Slices of one kind share out the queries: their scores average to the whole's. */
  @Test
  void slicesAddUp() {
    List<Example> examples = named();
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 100),
                Fixture.table(examples, 3, 2.5),
                Optional.empty(),
                Fixture.PROVENANCE)
            .evaluation();
    List<Slice> all = evaluation.details().slices();
    assertThat(all).hasSize(2 + 2 + 4);
    String aware = "retrieval.duplicate_aware.";
    Score chance = Fixture.score(evaluation, aware + "text_to_image.recall@10");
    all.stream()
        .collect(Collectors.groupingBy(Slice::by))
        .forEach(
            (by, slices) -> {
              assertThat(slices.stream().mapToInt(Slice::queries).sum()).isEqualTo(108);
              assertMean(
                  slices,
                  s -> s.strict().imageToText().recallAt5(),
                  Fixture.value(evaluation, "retrieval.image_to_text.recall@5"));
              assertMean(
                  slices,
                  s -> s.strict().textToImage().mrr(),
                  Fixture.value(evaluation, "retrieval.text_to_image.mrr"));
              assertMean(
                  slices,
                  s -> s.duplicateAware().imageToText().recallAt1(),
                  Fixture.value(evaluation, aware + "image_to_text.recall@1"));
              assertMean(
                  slices,
                  s -> s.duplicateAware().textToImage().chanceRecallAt10(),
                  chance.baseline());
            });
    assertThat(all)
        .allSatisfy(
            slice -> {
              Details.Direction direction = slice.strict().imageToText();
              assertThat(direction.recallAt10())
                  .isBetween(direction.ci95RecallAt10().low(), direction.ci95RecallAt10().high());
              assertThat(direction.chanceRecallAt10()).isCloseTo(10 / 108.0, within(1e-12));
            });
  }

  private static void assertMean(List<Slice> slices, ToDoubleFunction<Slice> score, double whole) {
    double sum = slices.stream().mapToDouble(s -> s.queries() * score.applyAsDouble(s)).sum();
    assertThat(sum / 108).isCloseTo(whole, within(1e-12));
  }

  @Test
  void recallFallsAsGalleriesGrow() {
    List<Example> examples = Fixture.examples(240);
    Evaluation evaluation =
        Scoring.of(
                Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 50),
                Fixture.table(examples, 4, 4),
                Optional.empty(),
                Fixture.PROVENANCE)
            .evaluation();
    for (String direction : List.of("image_to_text", "text_to_image")) {
      for (int k : new int[] {1, 5, 10}) {
        Score small =
            Fixture.score(
                evaluation, "retrieval.galleries.%s.recall@%d_among_100".formatted(direction, k));
        Score whole = Fixture.score(evaluation, "retrieval.%s.recall@%d".formatted(direction, k));
        assertThat(small.value()).isGreaterThan(whole.value());
        assertThat(small.baseline()).isCloseTo(k / 100.0, within(1e-12));
        assertThat(small.interval()).isNotNull();
      }
    }
    assertThat(evaluation.score("retrieval.galleries.image_to_text.recall@10_among_1000"))
        .as("there are but 216")
        .isEmpty();
  }
}
