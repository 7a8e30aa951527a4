package org.visionfashion.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.config.Config;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;
import org.visionfashion.eval.Evaluation;
import org.visionfashion.eval.Score;
import org.visionfashion.report.table.Cell;
import org.visionfashion.weights.checkpoint.TinyModel;

class ModelCardTest {

  @TempDir private static Path pictures;

  private static Evaluation evaluation;
  private static String fresh;

  @BeforeAll
  static void write() {
    try (Sample sample = new Sample(pictures, 44)) {
      evaluation = sample.evaluation();
      Dataset dataset = new Dataset("toys", pictures, Sample.SCHEME, sample.examples, List.of());
      fresh =
          ModelCard.text(
              "tiny: one", TinyModel.description(50, "finetune"), Config.DEFAULT, dataset);
    }
  }

  private static JsonNode head(String card) throws IOException {
    assertThat(card).startsWith("---\n");
    return new YAMLMapper().readTree(card.substring(4, card.indexOf("\n---\n") + 1));
  }

  @Test
  void aCardWithoutScores() throws IOException {
    JsonNode head = head(fresh);
    assertThat(head.get("license").textValue()).isIn("mit", "other");
    assertThat(head.at("/tags/0").textValue()).isEqualTo("fashion");
    assertThat(head.at("/datasets/0").textValue()).isEqualTo("toys");
    assertThat(head.has("model-index")).isFalse();
    assertThat(fresh)
        .contains("# tiny: one\n", "## Intended use", "## Limits", "## Data", "## Training")
        .contains("## Evaluation\n\nNot evaluated yet", "## Bias", "## Licence")
        .contains("16 x 8 pixels (height x width)", "0 training, 0 validation, 44 test; 40 of all")
        .contains("version: test \"1\"")
        .doesNotContain("{{", "&quot;", "not trained");
    assertThat(
            ModelCard.text(
                "one",
                TinyModel.description(50, "contrastive"),
                Config.DEFAULT,
                new Dataset("toys", pictures, Sample.SCHEME, List.of(), List.of())))
        .contains("heads for category and attributes are not trained")
        .doesNotContain("stage two, category");
  }

  @Test
  void scoresStandInHeadAndText() throws IOException {
    String card = ModelCard.withScores(fresh, "tiny: one", evaluation);
    JsonNode entry = head(card).at("/model-index/0");
    assertThat(entry.get("name").textValue()).isEqualTo("tiny: one");
    JsonNode first = entry.at("/results/0");
    assertThat(first.at("/task/type").textValue()).isEqualTo("image-text-retrieval");
    assertThat(first.at("/dataset/name").textValue()).isEqualTo("toys");
    assertThat(first.at("/dataset/split").textValue()).isEqualTo("test");
    Score recall = evaluation.score("retrieval.image_to_text.recall@10").orElseThrow();
    assertThat(first.at("/metrics/0/type").textValue()).isEqualTo("recall@10");
    assertThat(first.at("/metrics/0/value").doubleValue())
        .isEqualTo(Math.round(recall.value() * 1e4) / 1e4);
    assertThat(entry.at("/results").size()).isEqualTo(4);
    assertThat(card)
        .contains("Measured on the test split of toys: 44 pictures with 40 captions, 2026-02-28")
        .contains(
            "| recall@10 | %s | %s |"
                .formatted(
                    Cell.decimal(recall.value(), 3), Cell.interval(recall.interval(), 3).text()))
        .contains("\n## Bias\n", "- 4 of 44 pictures")
        .doesNotContain("Not evaluated yet");
  }

  /** What the data were is shown; nothing is claimed about them that nobody measured. */
  @Test
  void theCardShowsItsDataAndClaimsNoLanguage() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      Split split = n < 6 ? Split.TRAIN : Split.TEST;
      String caption =
          n == 0
              ? ""
              : "ein `rotes` Kleid\nNummer " + n + " ".repeat(n) + "x".repeat(n == 5 ? 300 : 0);
      examples.add(
          new Example("e" + n, pictures, caption, 0, new byte[6], n < 5 ? "" : "i" + n / 6, split));
    }
    String card =
        ModelCard.text(
            "one",
            TinyModel.description(50, "finetune"),
            Config.DEFAULT,
            new Dataset("shop", pictures, Sample.SCHEME, examples, List.of()));
    assertThat(card)
        .contains("6 training, 0 validation, 2 test; 7 of all", "shop", "3 categories")
        .contains("- `ein 'rotes' Kleid Nummer 1")
        .contains("0 of 1 test items")
        .doesNotContainIgnoringCase("english")
        .doesNotContain("{{", "x".repeat(200));
    assertThat(head(card).has("language")).isFalse();
  }

  @Test
  void newScoresTakeThePlaceOfTheOldAndNothingElse() {
    String edited =
        fresh
            .replace("library_name:", "author: somebody\nlibrary_name:")
            .replace("## Bias\n", "## Bias\n\nA note by hand.\n");
    String once = ModelCard.withScores(edited, "tiny: one", evaluation);
    assertThat(ModelCard.withScores(once, "tiny: one", evaluation)).isEqualTo(once);
    assertThat(once)
        .contains("author: somebody", "A note by hand.")
        .containsOnlyOnce("model-index");
  }

  @Test
  void aCardOfAnEarlierVersion() {
    String old = "# demo\n\nA model.\n\n## Scores on the test split\n\n```\nold\n```\n";
    assertThat(ModelCard.withScores(old, "demo", evaluation))
        .startsWith("# demo\n\nA model.\n\n## Evaluation\n\nMeasured on the test split of toys")
        .doesNotContain("```", "model-index");
    assertThat(ModelCard.withScores("# bare\n", "demo", evaluation))
        .startsWith("# bare\n\n## Evaluation\n");
  }
}
