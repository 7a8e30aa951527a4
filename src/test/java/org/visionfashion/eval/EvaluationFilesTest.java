package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.data.Example;

class EvaluationFilesTest {

  private static final AttainableRecall ATTAINABLE =
      new AttainableRecall(
          new AttainableRecall.Recall(0.5, 0.8, 0.9), new AttainableRecall.Recall(0.4, 0.7, 0.8));

  @TempDir Path folder;
  private EvaluatedModel model;
  private Evaluation evaluation;

  @BeforeEach
  void evaluate() {
    List<Example> examples = Fixture.examples(120);
    Task task =
        new Task(
            "test",
            Fixture.SCHEME,
            List.of("broken-1.jpg", "broken-2.jpg", "broken-3.jpg", "broken-4.jpg"),
            List.of("shop.csv, line 7: no picture x.jpg"),
            0,
            new Task.Training(
                true,
                LabelCounts.of(Fixture.SCHEME, examples),
                Set.of("item-3"),
                SpokenWords.of(Fixture.SCHEME, examples)),
            Optional.of(ATTAINABLE),
            300);
    EmbeddingTable table = Fixture.table(examples, 1, 2.5);
    Optional<Prompts> prompts = Optional.of(Fixture.prompts(1));
    EvaluatedModel clean = Scoring.of(task, table, prompts, Fixture.PROVENANCE);
    EvaluatedModel degraded =
        Scoring.of(task, Fixture.table(examples, 2, 4), Optional.empty(), Fixture.PROVENANCE);
    evaluation =
        clean.evaluation().withRobustness(List.of(DegradedScores.of("blur", clean, degraded)));
    model = new EvaluatedModel(evaluation, clean.resamples());
  }

  @Test
  void theFileHasExactlyTheKeysInTheirOrder() throws IOException {
    JsonNode root = new ObjectMapper().readTree(EvaluationJson.text(evaluation));
    assertThat(leaves("", root))
        .containsExactly(
            "split",
            "pictures.judged",
            "pictures.captions",
            "pictures.cut_captions",
            "pictures.skipped",
            "pictures.first_skipped",
            "pictures.skipped_in_data_set",
            "provenance.model.checkpoint",
            "provenance.model.config",
            "provenance.model.weights",
            "provenance.data.name",
            "provenance.data.fingerprint",
            "provenance.measured.version",
            "provenance.measured.date",
            "provenance.measured.java",
            "provenance.measured.engine",
            "provenance.measured.device",
            "sections",
            "details.slices",
            "details.category.per_class",
            "details.category.confusion",
            "details.category.calibration",
            "details.attributes.groups",
            "details.attributes.per_attribute",
            "details.zero_shot.prompts",
            "details.zero_shot.words.captions",
            "details.zero_shot.words.category.asked",
            "details.zero_shot.words.category.said",
            "details.zero_shot.words.attribute.asked",
            "details.zero_shot.words.attribute.said",
            "details.zero_shot.caution",
            "details.zero_shot.category.per_class",
            "details.zero_shot.category.confusion",
            "details.zero_shot.category.calibration",
            "details.zero_shot.per_prompt",
            "robustness",
            "cautions");
    assertThat(leaves("", root.at("/sections/0")))
        .containsExactly("key", "title", "counted", "baseline", "scores");
    assertThat(leaves("", root.at("/sections/0/scores/0")))
        .containsExactly("name", "value", "count", "baseline", "best", "interval");
    List<String> direction =
        List.of(
            "recall@1",
            "recall@5",
            "recall@10",
            "median_rank",
            "mrr",
            "ci95_recall@10",
            "chance_recall@10");
    assertThat(leaves("", root.at("/details/slices/0")))
        .isEqualTo(
            Stream.of(
                    List.of("by", "value", "queries", "captions"),
                    under("strict.image_to_text.", direction),
                    under("strict.text_to_image.", direction),
                    under("duplicate_aware.image_to_text.", direction),
                    under("duplicate_aware.text_to_image.", direction))
                .flatMap(List::stream)
                .toList());
    assertThat(leaves("", root.at("/details/category/per_class/0")))
        .containsExactly(
            "name", "support", "predicted", "precision", "recall", "f1", "ci95_recall");
    assertThat(leaves("", root.at("/details/category/calibration/0")))
        .containsExactly("from", "to", "count", "confidence", "accuracy");
    List<String> accuracy = List.of("count", "accuracy", "ci95", "baseline");
    assertThat(leaves("", root.at("/details/attributes/groups/0")))
        .isEqualTo(
            Stream.of(List.of("name"), under("with_na.", accuracy), under("without_na.", accuracy))
                .flatMap(List::stream)
                .toList());
    assertThat(leaves("", root.at("/details/attributes/per_attribute/0")))
        .containsExactly(
            "name",
            "support",
            "average_precision",
            "ci95_average_precision",
            "baseline_average_precision",
            "recall@5");
    assertThat(leaves("", root.at("/robustness/0"))).containsExactly("perturbation", "drops");
    assertThat(leaves("", root.at("/robustness/0/drops/0")))
        .containsExactly("key", "value", "drop", "ci95_drop");
    JsonNode interval = root.at("/sections/0/scores/0/interval");
    assertThat(interval.isArray()).isTrue();
    assertThat(interval.size()).isEqualTo(2);
    assertThat(interval.get(0).doubleValue()).isLessThan(interval.get(1).doubleValue());
  }

  private static List<String> under(String prefix, List<String> keys) {
    return keys.stream().map(prefix::concat).toList();
  }

  private static List<String> leaves(String path, JsonNode node) {
    if (!node.isObject()) {
      return List.of(path);
    }
    return node.properties().stream()
        .flatMap(
            entry ->
                leaves(
                    path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue())
                    .stream())
        .toList();
  }

  @Test
  void whatIsMissingIsNull() throws IOException {
    Score tiny = new Score("recall@1", 1e-7, 3, 0.0001, Double.NaN, null);
    Evaluation nothing =
        new Evaluation(
            "test",
            new Evaluation.Pictures(0, 0, 0, 0, List.of(), 0),
            Fixture.PROVENANCE,
            List.of(new Section("k", "t", "queries", "chance", List.of(tiny))),
            new Details(List.of(), null, null, null),
            null,
            List.of());
    assertThat(EvaluationJson.text(nothing).replaceAll("\\s+", ""))
        .contains("\"value\":0.00000010,\"count\":3,\"baseline\":0.00010,\"best\":null")
        .contains("\"interval\":null")
        .contains("\"category\":null,\"attributes\":null,\"zero_shot\":null")
        .contains("\"robustness\":null,");
    Path file = folder.resolve("null.json");
    EvaluationJson.write(nothing, file);
    assertThat(EvaluationJson.read(file)).isEqualTo(nothing);
  }

  @Test
  void theFilesReadBackInEveryBit() throws IOException {
    EvaluationFiles files = EvaluationFiles.of(folder.resolve("eval"), Part.TEST);
    model.write(files);
    model.write(files);
    assertThat(EvaluationJson.read(files.json())).isEqualTo(evaluation);
    assertThat(evaluation.sections()).isNotEmpty();
    assertThat(evaluation.cautions()).isNotEmpty();
    try (Stream<Path> there = Files.list(files.folder())) {
      assertThat(there).containsExactlyInAnyOrder(files.json(), files.resamples());
    }
    Path plain = Files.writeString(folder.resolve("plain"), "");
    if (Files.getFileStore(plain).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(files.json()))
          .isEqualTo(Files.getPosixFilePermissions(plain));
    }
  }

  /** Whoever trains on, or damages a file, has no evaluation until there is a new one. */
  @Test
  void anEvaluationIsThatOfItsWeightsAlone() throws IOException {
    EvaluationFiles files = EvaluationFiles.of(folder, Part.TEST);
    String weights = Fixture.PROVENANCE.model().weights();
    assertThat(EvaluatedModel.isCurrent(files, weights)).isFalse();
    assertThat(EvaluatedModel.read(files, weights)).isEmpty();
    model.write(files);
    assertThat(EvaluationJson.provenance(files.json())).hasValue(Fixture.PROVENANCE);
    assertThat(EvaluatedModel.isCurrent(files, weights)).isTrue();
    assertThat(EvaluatedModel.read(files, weights).orElseThrow().evaluation())
        .isEqualTo(evaluation);
    assertThat(EvaluatedModel.isCurrent(files, "of other weights")).isFalse();
    assertThat(EvaluatedModel.read(files, "of other weights")).isEmpty();

    String json = Files.readString(files.json());
    Files.writeString(files.json(), json.substring(0, json.length() / 2));
    assertThat(EvaluatedModel.read(files, weights)).as("cut off").isEmpty();
    Files.writeString(
        files.json(), "{\"provenance\":{\"checkpoint\":\"model\",\"data\":\"toy, 3d4e5f\"}}");
    assertThat(EvaluationJson.provenance(files.json())).as("of an earlier version").isEmpty();
    Files.writeString(files.json(), json);
    Files.writeString(files.resamples(), "no tensors");
    assertThat(EvaluatedModel.read(files, weights)).as("without its draws").isEmpty();
  }

  @Test
  void otherDataHaveFilesOfTheirOwn() {
    EvaluationFiles files = EvaluationFiles.ofOtherData(folder, "My Shop/2026", Part.TEST);
    assertThat(files.json()).isEqualTo(folder.resolve("my-shop-2026-test.json"));
    assertThat(files.resamples().getParent()).isEqualTo(folder);
    assertThat(EvaluationFiles.of(folder, Part.TEST).json()).isEqualTo(folder.resolve("test.json"));
  }

  @Test
  void skippedPicturesAreCountedAndNamed() {
    assertThat(evaluation.pictures())
        .isEqualTo(
            new Evaluation.Pictures(
                120, 108, 0, 4, List.of("broken-1.jpg", "broken-2.jpg", "broken-3.jpg"), 1));
    assertThat(evaluation.cautions().get(0)).contains("4 pictures of 124", "broken-1.jpg");
    assertThat(evaluation.cautions().get(1)).contains("1 example", "line 7");
  }

  @Test
  void theTableIsAlignedAndNarrow() {
    List<String> lines = EvaluationTable.lines(evaluation);
    assertThat(lines.get(0))
        .isEqualTo("Evaluation of the test split, 120 pictures with 108 captions");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("[ -~]{0,100}").doesNotEndWith(" "));
    int degraded =
        lines.indexOf(
            lines.stream()
                .filter(line -> line.startsWith("Degraded pictures: blur"))
                .findFirst()
                .orElseThrow());
    assertThat(lines.subList(degraded + 1, degraded + 8))
        .allMatch(line -> line.matches("  [a-z0-9_.@]+ +0\\.\\d{4}  .* \\.\\. .* +-?0\\.\\d{4}"));
    List<String> rows =
        lines.subList(0, degraded).stream().filter(line -> line.matches("  [a-z].*\\d")).toList();
    assertThat(rows).hasSize(4 * 5 + 2 * 3 + (5 + 1) + (7 + 5) + 3 + 4 + (5 + 1) + 5);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(rows.get(0).length()));
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("Image to text ").contains("chance"))
        .anySatisfy(
            line -> assertThat(line).startsWith("! 4 of 120 pictures (3.3 %) show an item"));
    String recall = lines.get(5);
    assertThat(recall.trim().split("\\s+"))
        .startsWith(
            "recall@10",
            "%.4f".formatted(Fixture.value(evaluation, "retrieval.image_to_text.recall@10")))
        .endsWith("0.0926", "0.9000", "108");
  }
}
