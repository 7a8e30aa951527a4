package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.data.Example;
import org.visionfashion.eval.Comparison.Cell;
import org.visionfashion.eval.Comparison.Row;
import org.visionfashion.metrics.Difference;
import org.visionfashion.metrics.Interval;

class ComparisonTest {

  private static final String TO_IMAGE = "retrieval.text_to_image.recall@10";

  @TempDir private Path folder;

  private final List<Example> examples = Fixture.examples(120);

  private Comparison.Run run(String name, String experiment, long seed, double noise) {
    return run(name, experiment, examples, seed, noise);
  }

  private static Comparison.Run run(
      String name, String experiment, List<Example> examples, long seed, double noise) {
    EvaluatedModel model =
        Scoring.of(
            Fixture.task(Fixture.SCHEME, LabelCounts.of(Fixture.SCHEME, examples), 400),
            Fixture.table(examples, seed, noise),
            Optional.of(Fixture.prompts(seed)),
            new Provenance(
                Fixture.PROVENANCE.model(),
                new Provenance.Data("Marqo/deepfashion-multimodal", "3d4e5f"),
                Fixture.PROVENANCE.measured()));
    return new Comparison.Run(name, experiment, model);
  }

  private static Row row(Comparison comparison, String key) {
    return comparison.rows().stream()
        .filter(row -> row.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyScoreOfEveryRunIsSetAgainstTheFirst() {
    Comparison comparison =
        Comparison.of("test", List.of(run("good", "a", 1, 2), run("bad", "b", 2, 4)));
    assertThat(comparison.contenders())
        .extracting(Comparison.Contender::runs)
        .containsExactly(List.of("good"), List.of("bad"));
    Evaluation good = run("good", "a", 1, 2).evaluation();
    Evaluation bad = run("bad", "b", 2, 4).evaluation();
    assertThat(comparison.rows())
        .hasSize(good.sections().stream().mapToInt(section -> section.scores().size()).sum());
    for (Row row : comparison.rows()) {
      Score first = good.score(row.key()).orElseThrow();
      Score second = bad.score(row.key()).orElseThrow();
      assertThat(row.cells().get(0).value()).isEqualTo(first.value());
      assertThat(row.cells().get(0).interval()).isEqualTo(first.interval());
      assertThat(row.cells().get(0).difference()).isNull();
      assertThat(row.cells().get(1).interval()).isEqualTo(second.interval());
      Difference difference = row.cells().get(1).difference();
      assertThat(difference.value()).isEqualTo(second.value() - first.value());
      if (second.interval() != null) {
        assertThat(difference.value())
            .as(row.key())
            .isBetween(difference.interval().low(), difference.interval().high());
      }
      assertThat(row.cells().get(1).spread()).isNaN();
    }
    Difference worse = row(comparison, TO_IMAGE).cells().get(1).difference();
    assertThat(worse.interval().high()).as("clearly worse").isNegative();
  }

  /** A run against itself differs by exactly nothing; its own interval is wide all the same. */
  @Test
  void pairsCancelWhatTheyShare() {
    Comparison comparison =
        Comparison.of("test", List.of(run("one", "a", 1, 3), run("same", "b", 1, 3)));
    Cell cell = row(comparison, TO_IMAGE).cells().get(1);
    assertThat(cell.difference()).isEqualTo(new Difference(0, new Interval(0, 0)));
    assertThat(cell.interval().high() - cell.interval().low()).isGreaterThan(0.05);
  }

  @Test
  void seedsOfOneExperimentAreAveraged() {
    List<Comparison.Run> runs =
        List.of(
            run("a1", "a", 1, 3), run("b1", "b", 2, 4), run("a2", "a", 3, 3), run("a3", "a", 4, 3));
    Comparison comparison = Comparison.of("test", runs);
    assertThat(comparison.contenders())
        .extracting(Comparison.Contender::runs)
        .containsExactly(List.of("a1", "a2", "a3"), List.of("b1"));
    Cell cell = row(comparison, "category.top1").cells().get(0);
    double[] values =
        List.of(runs.get(0), runs.get(2), runs.get(3)).stream()
            .mapToDouble(run -> Fixture.value(run.evaluation(), "category.top1"))
            .toArray();
    double mean = (values[0] + values[1] + values[2]) / 3;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    assertThat(cell.seeds()).containsExactly(values[0], values[1], values[2]);
    assertThat(cell.value()).isCloseTo(mean, within(1e-12));
    assertThat(cell.spread()).isCloseTo(Math.sqrt(squares / 2), within(1e-12)).isPositive();
    assertThat(mean).isBetween(cell.interval().low(), cell.interval().high());
    Difference difference = row(comparison, "category.top1").cells().get(1).difference();
    assertThat(difference.value())
        .isCloseTo(Fixture.value(runs.get(1).evaluation(), "category.top1") - mean, within(1e-12));
  }

  @Test
  void runsOnOtherExamplesAreShownButNotCompared() {
    Comparison comparison =
        Comparison.of(
            "test",
            List.of(
                run("a1", "a", 1, 3),
                run("few", "a", Fixture.examples(119), 1, 3),
                run("b", "b", 2, 3)));
    assertThat(comparison.contenders())
        .extracting(Comparison.Contender::paired)
        .containsExactly(true, false, true);
    assertThat(row(comparison, TO_IMAGE).cells().get(1).difference()).isNull();
    assertThat(row(comparison, TO_IMAGE).cells().get(1).interval()).isNotNull();
    assertThat(ComparisonTable.lines(comparison))
        .anySatisfy(
            line -> assertThat(line).startsWith("  B  few; 119 pictures with 108 captions; other"));
  }

  @Test
  void publishedResultsStandApartAndSayWhatTheyAre() {
    Comparison comparison =
        Comparison.of("test", List.of(run("a", "a", 1, 3), run("b", "b", 2, 3)));
    List<String> lines = ComparisonTable.lines(comparison);
    int published = 0;
    while (!lines.get(published).startsWith("Published for DeepFashion-MultiModal: not measured")) {
      published++;
    }
    assertThat(lines.subList(0, published)).noneMatch(line -> line.contains("paper"));
    assertThat(lines.subList(published, lines.size()))
        .anySatisfy(line -> assertThat(line).startsWith("  paper: random split, about 6,383"))
        .anySatisfy(line -> assertThat(line).startsWith("  model card: a split that fits no"))
        .contains(
            "    retrieval.image_to_text.recall@10         0.5492",
            "    attributes.texture48.recall@5             0.7291");
    assertThat(comparison.contenders()).hasSize(2);
    assertThat(comparison.rows()).allSatisfy(row -> assertThat(row.cells()).hasSize(2));
  }

  @Test
  void publishedResultsAreThoseOfTheSameDataSet() {
    assertThat(PublishedResult.on("DeepFashion-MultiModal")).isEqualTo(PublishedResult.ALL);
    assertThat(PublishedResult.on("demo")).isEmpty();
    Comparison own =
        new Comparison("test", List.of(), List.of(), PublishedResult.on("my shop.csv"));
    assertThat(ComparisonTable.lines(own)).noneMatch(line -> line.contains("Published"));
  }

  @Test
  void theTableIsAlignedAndNarrow() {
    List<String> lines =
        ComparisonTable.lines(
            Comparison.of(
                "test",
                List.of(
                    run("a-run-with-a-name-that-goes-on-and-on", "a", 1, 3),
                    run("seed2", "a", 5, 3),
                    run("b", "b", 2, 3))));
    assertThat(lines.get(0)).isEqualTo("Comparison on the test split");
    assertThat(lines.get(1))
        .isEqualTo(
            "  A  a-run-with-a-name-that-goes-on-and-on, seed2 (2 seeds: mean and standard"
                + " deviation); 120");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("[ -~]{0,100}").doesNotEndWith(" "));
    assertThat(lines.stream().filter(line -> line.startsWith("    B b ") && line.contains("..")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches(".* [+-]0\\.\\d+ +[+-].* \\.\\. [+-].*"));
  }

  @Test
  void theDrawsReadBack() throws IOException {
    Resamples draws = run("a", "a", 1, 3).resamples();
    Path file = folder.resolve("eval/test.resamples.safetensors");
    draws.write(file);
    draws.write(file);
    Resamples read = Resamples.read(file);
    assertThat(read.sameExamples(draws)).isTrue();
    assertThat(read.of(TO_IMAGE)).containsExactly(draws.of(TO_IMAGE), within(1e-7)).hasSize(400);
    assertThat(read.of("no.such.score")).isEmpty();
    assertThat(read.fit(run("a", "a", 1, 3).evaluation())).isTrue();
    assertThat(read.fit(run("a", "a", 2, 3).evaluation())).as("another's").isFalse();
    assertThat(read.difference(TO_IMAGE, 0.5, draws, 0.25).value()).isEqualTo(0.25);
    assertThat(Resamples.NONE.sameExamples(Resamples.NONE)).isFalse();
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    Files.writeString(file, "no tensors");
    assertThatThrownBy(() -> Resamples.read(file)).isInstanceOf(UserError.class);
  }

  /** Where the numbers of draws differ there is nothing to pair. */
  @Test
  void drawsOfAnotherNumberGiveNoInterval() {
    Resamples some = new Resamples("x", Map.of("k", new double[] {1, 2}));
    Resamples more = new Resamples("x", Map.of("k", new double[] {1, 2, 3}));
    assertThat(some.difference("k", 3, more, 1)).isEqualTo(new Difference(2, null));
    assertThat(Resamples.mean(List.of(some, more)).of("k")).isEmpty();
    assertThat(Resamples.mean(List.of(some, some)).of("k")).containsExactly(1, 2);
  }

  @Test
  void theFileHoldsWhatTheTableShows() throws IOException {
    Comparison comparison =
        Comparison.of("test", List.of(run("a", "a", 1, 3), run("b", "b", 2, 3)));
    Path file = folder.resolve("test.comparison.json");
    EvaluationJson.write(comparison, file);
    assertThat(Files.readString(file).replaceAll("\\s+", ""))
        .startsWith("{\"split\":\"test\",\"contenders\":[{\"runs\":[\"a\"],\"examples\":120,")
        .contains("\"key\":\"" + TO_IMAGE + "\"")
        .contains("\"published\":[{\"source\":\"paper\",\"conditions\":");
  }
}
