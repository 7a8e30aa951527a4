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
    evaluation =
        Evaluator.evaluate(
            "test",
            Fixture.table(examples, 1, 2.5),
            Fixture.SCHEME,
            LabelCounts.of(Fixture.SCHEME, examples),
            Set.of("item-3"),
            300,
            Optional.of(ATTAINABLE),
            Fixture.PROVENANCE);
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
    assertThat(leaves("", root)).isEqualTo(expected);
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
                null),
            null,
            null,
            Fixture.PROVENANCE,
            List.of(),
            List.of());
    assertThat(EvaluationJson.text(nothing).replaceAll("\\s+", ""))
        .contains("\"recall@1\":null,\"recall@5\":0.00010,\"recall@10\":0.00000010")
        .contains("\"median_rank\":12345678.5,\"mrr\":1.0,\"ci95_recall@10\":null")
        .contains("\"attainable\":null},\"category\":null,\"attributes\":null,");
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
                List.of(),
                List.of()));
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
    List<String> rows = lines.stream().filter(line -> line.matches("  [a-z].*\\d")).toList();
    assertThat(rows).hasSize(4 * 5 + 4 + 7 + 3);
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

  @Test
  void thePageHoldsTheSameNumbersEscaped() throws IOException {
    Evaluation sly =
        new Evaluation(
            "<script>alert('x')</script>",
            evaluation.examples(),
            evaluation.retrieval(),
            evaluation.category(),
            evaluation.attributes(),
            new Provenance(null, "a & b", null, null, null, null, null, null),
            evaluation.sections(),
            List.of("\"quoted\" <b>caution</b>"));
    Path file = folder.resolve("test.html");
    EvaluationHtml.write(sly, file);
    String page = Files.readString(file);
    assertThat(page)
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "<b>", "{{", "http")
        .contains("a &amp; b")
        .contains("prefers-color-scheme: dark", "@media print");
    for (Section section : evaluation.sections()) {
      assertThat(page).contains(section.title());
      for (Score score : section.scores()) {
        ScoreText text = ScoreText.of(score);
        assertThat(page).contains(">" + text.value() + "<", ">" + text.interval() + "<");
      }
    }
    assertThat(page).doesNotContain("<dt>version</dt>");
  }
}
