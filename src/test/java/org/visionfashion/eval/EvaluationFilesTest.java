package org.visionfashion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private Evaluation evaluation;

  @BeforeEach
  void evaluate() {
    List<Example> examples = Fixture.examples(120);
    Task task =
        new Task(
            "test",
            Fixture.SCHEME,
            LabelCounts.of(Fixture.SCHEME, examples),
            Set.of("item-3"),
            SpokenWords.of(Fixture.SCHEME, examples),
            Optional.of(ATTAINABLE),
            300);
    EmbeddingTable table = Fixture.table(examples, 1, 2.5);
    Optional<Prompts> prompts = Optional.of(Fixture.prompts(1));
    Evaluation clean = Evaluator.evaluate(task, table, prompts, Fixture.PROVENANCE);
    Evaluation spoilt =
        Evaluator.evaluate(
            task, Fixture.table(examples, 2, 4), Optional.empty(), Fixture.PROVENANCE);
    evaluation = clean.withRobustness(List.of(Robustness.drops("blur", clean, spoilt)));
  }

  @Test
  void theFileHasExactlyTheKeysInTheirOrder() throws IOException {
    List<String> direction =
        List.of(
            "recall@1",
            "recall@5",
            "recall@10",
            "median_rank",
            "mrr",
            "ci95_recall@10",
            "chance_recall@10");
    List<String> recalls = List.of("recall@1", "recall@5", "recall@10");
    List<String> expected = new ArrayList<>(List.of("split", "examples"));
    expected.addAll(under("retrieval.image_to_text.", direction));
    expected.addAll(under("retrieval.text_to_image.", direction));
    expected.addAll(under("retrieval.duplicate_aware.image_to_text.", direction));
    expected.addAll(under("retrieval.duplicate_aware.text_to_image.", direction));
    expected.addAll(under("retrieval.attainable.image_to_text.", recalls));
    expected.addAll(under("retrieval.attainable.text_to_image.", recalls));
    expected.addAll(
        under(
            "category.",
            List.of("scheme", "classes", "top1", "top3", "top5", "macro_f1", "baseline_top1")));
    expected.addAll(
        under(
            "attributes.",
            List.of(
                "scheme",
                "count",
                "recall@1",
                "recall@3",
                "recall@5",
                "pooled_recall@5",
                "per_attribute_recall@5",
                "mean_average_precision",
                "ceiling_recall@5",
                "baseline_recall@5",
                "group_accuracy",
                "texture48.recall@1",
                "texture48.recall@3",
                "texture48.recall@5",
                "texture48.ceiling_recall@5",
                "texture48.baseline_recall@5")));
    expected.addAll(
        under(
            "provenance.",
            List.of(
                "version", "config", "checkpoint", "data", "date", "java", "engine", "device")));
    JsonNode root = new ObjectMapper().readTree(EvaluationJson.text(evaluation));
    List<String> keys = leaves("", root);
    assertThat(keys).containsSubsequence(expected);
    List<String> added = new ArrayList<>(keys);
    added.removeAll(expected);
    List<String> recalls10 =
        List.of("recall@1", "recall@5", "recall@10", "ci95_recall@10", "chance_recall@10");
    List<String> category =
        List.of(
            "scheme",
            "classes",
            "top1",
            "top3",
            "top5",
            "macro_f1",
            "baseline_top1",
            "per_class",
            "confusion",
            "calibration.expected_calibration_error",
            "calibration.bins");
    List<String> additions = new ArrayList<>();
    additions.addAll(List.of("retrieval.galleries", "retrieval.slices"));
    additions.addAll(under("category.", category.subList(7, category.size())));
    additions.addAll(
        under("attributes.", List.of("group_accuracy_without_na", "groups", "per_attribute")));
    additions.addAll(
        under(
            "image_to_image.",
            List.of(
                "queries",
                "candidates",
                "recall@1",
                "recall@5",
                "recall@10",
                "mean_average_precision",
                "ci95_recall@10",
                "ci95_mean_average_precision",
                "chance_recall@10",
                "chance_mean_average_precision")));
    additions.add("zero_shot.prompts");
    additions.addAll(under("zero_shot.category.", category));
    additions.addAll(
        under(
            "zero_shot.attributes.",
            List.of(
                "count",
                "recall@1",
                "recall@3",
                "recall@5",
                "mean_average_precision",
                "ceiling_recall@5",
                "baseline_recall@5",
                "group_accuracy_without_na")));
    additions.add("zero_shot.words.captions");
    additions.addAll(under("zero_shot.words.category.", List.of("asked", "said")));
    additions.addAll(under("zero_shot.words.attribute.", List.of("asked", "said")));
    additions.addAll(List.of("robustness", "sections", "cautions"));
    assertThat(added).isEqualTo(additions);
    assertThat(leaves("", root.at("/retrieval/galleries/0")))
        .isEqualTo(
            Stream.of(
                    List.of("size"),
                    under("image_to_text.", recalls10),
                    under("text_to_image.", recalls10))
                .flatMap(List::stream)
                .toList());
    assertThat(leaves("", root.at("/retrieval/slices/0")))
        .isEqualTo(
            Stream.of(
                    List.of("by", "value", "queries"),
                    under("image_to_text.", direction),
                    under("text_to_image.", direction),
                    under("duplicate_aware.image_to_text.", direction),
                    under("duplicate_aware.text_to_image.", direction))
                .flatMap(List::stream)
                .toList());
    assertThat(leaves("", root.at("/category/per_class/0")))
        .containsExactly(
            "name", "support", "predicted", "precision", "recall", "f1", "ci95_recall");
    assertThat(leaves("", root.at("/category/calibration/bins/0")))
        .containsExactly("from", "to", "count", "confidence", "accuracy");
    List<String> accuracy = List.of("count", "accuracy", "ci95", "baseline");
    assertThat(leaves("", root.at("/attributes/groups/0")))
        .isEqualTo(
            Stream.of(List.of("name"), under("with_na.", accuracy), under("without_na.", accuracy))
                .flatMap(List::stream)
                .toList());
    assertThat(leaves("", root.at("/attributes/per_attribute/0")))
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
    assertThat(leaves("", root.at("/sections/0")))
        .containsExactly("key", "title", "counted", "baseline", "scores");
    assertThat(leaves("", root.at("/sections/0/scores/0")))
        .containsExactly("name", "value", "decimals", "count", "baseline", "best", "interval");
    JsonNode interval = root.at("/retrieval/image_to_text/ci95_recall@10");
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
    Evaluation nothing =
        new Evaluation(
            "test",
            0,
            new RetrievalReport(
                new RetrievalReport.Direction(
                    Double.NaN, 0.0001, 1e-7, 12345678.5, 1, null, Double.NaN),
                null,
                null,
                null,
                null,
                null),
            null,
            null,
            Fixture.PROVENANCE,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null);
    assertThat(EvaluationJson.text(nothing).replaceAll("\\s+", ""))
        .contains("\"recall@1\":null,\"recall@5\":0.00010,\"recall@10\":0.00000010")
        .contains("\"median_rank\":12345678.5,\"mrr\":1.0,\"ci95_recall@10\":null")
        .contains("\"attainable\":null,")
        .contains("\"category\":null,\"attributes\":null,")
        .contains("\"image_to_image\":null,\"zero_shot\":null,\"robustness\":null,");
    Path file = folder.resolve("null.json");
    EvaluationJson.write(nothing, file);
    assertThat(EvaluationJson.read(file)).isEqualTo(nothing);
  }

  @Test
  void theFileReadsBackInEveryBit() throws IOException {
    Path file = folder.resolve("eval/test.json");
    EvaluationJson.write(evaluation, file);
    EvaluationJson.write(evaluation, file);
    Evaluation read = EvaluationJson.read(file);
    assertThat(read)
        .isEqualTo(
            new Evaluation(
                "test",
                120,
                evaluation.retrieval(),
                evaluation.category(),
                evaluation.attributes(),
                Fixture.PROVENANCE,
                evaluation.imageToImage(),
                evaluation.zeroShot(),
                evaluation.robustness(),
                evaluation.sections(),
                evaluation.cautions(),
                null));
    assertThat(read.sections()).isEqualTo(evaluation.sections()).isNotEmpty();
    assertThat(read.cautions()).isEqualTo(evaluation.cautions()).isNotEmpty();
    assertThat(read.resamples()).isSameAs(Resamples.NONE);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    Path plain = Files.writeString(folder.resolve("plain"), "");
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(Files.getPosixFilePermissions(plain));
    }
  }

  @Test
  void theTableIsAlignedAndNarrow() {
    List<String> lines = EvaluationTable.lines(evaluation);
    assertThat(lines.get(0)).isEqualTo("Evaluation of the test split, 120 pictures");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("[ -~]{0,100}").doesNotEndWith(" "));
    int spoilt =
        lines.indexOf(
            lines.stream()
                .filter(line -> line.startsWith("Pictures spoilt: blur"))
                .findFirst()
                .orElseThrow());
    assertThat(lines.subList(spoilt + 1, spoilt + 6))
        .allMatch(line -> line.matches("  [a-z0-9_.@]+ +0\\.\\d{4}  .* \\.\\. .* +-?0\\.\\d{4}"));
    List<String> rows =
        lines.subList(0, spoilt).stream().filter(line -> line.matches("  [a-z].*\\d")).toList();
    assertThat(rows).hasSize(4 * 5 + 2 + (4 + 1) + (7 + 5) + 3 + 4 + (4 + 1) + 5);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(rows.get(0).length()));
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("Image to text ").contains("chance"))
        .anySatisfy(
            line -> assertThat(line).startsWith("! 4 of 120 pictures (3.3 %) show an item"));
    String recall = lines.get(5);
    assertThat(recall.trim().split("\\s+"))
        .startsWith(
            "recall@10", "%.4f".formatted(evaluation.retrieval().imageToText().recallAt10()))
        .endsWith("0.0926", "0.9000", "108");
  }
}
