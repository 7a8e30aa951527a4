package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;

/** Which files are which split. */
class DatasetFilesTest {

  private static final String NAME = "hf:datasets/owner/name";

  private static Map<String, List<String>> files(String card, String config, String... names) {
    return new DatasetFiles(NAME, List.of(names))
        .of(
            DatasetCard.read(card).orElseThrow(),
            Optional.of(config).filter(text -> !text.isEmpty()),
            false);
  }

  @Test
  void shardsAreNamedAfterTheirSplit() {
    assertThat(
            files(
                "",
                "",
                "data/train-00001-of-00002.parquet",
                "data/train-00000-of-00002-0a1b2c.parquet",
                "data/extra-00000-of-00001.parquet",
                "README.md",
                "data/train-00000-of-00002.csv"))
        .isEqualTo(
            Map.of(
                "extra",
                List.of("data/extra-00000-of-00001.parquet"),
                "train",
                List.of(
                    "data/train-00000-of-00002-0a1b2c.parquet",
                    "data/train-00001-of-00002.parquet")));
  }

  @Test
  void elseAWordInThePathNamesIt() {
    assertThat(
            files("", "", "train.parquet", "my-dev_set.parquet", "testing/a.parquet", "b.parquet"))
        .isEqualTo(
            Map.of(
                "train", List.of("train.parquet"),
                "validation", List.of("my-dev_set.parquet"),
                "test", List.of("testing/a.parquet")));
    assertThat(files("", "", "b.parquet", "contest/a.PARQUET"))
        .isEqualTo(Map.of("", List.of("b.parquet", "contest/a.PARQUET")));
  }

  @Test
  void theCardNamesPatterns() {
    String card =
        """
        ---
        license: mit
        configs:
        - config_name: default
          data_files:
          - split: data
            path: data/data-*
          - split: test
            path: [held/*.parquet, "more/**"]
        ---
        # A data set
        """;
    assertThat(
            files(
                card,
                "",
                "data/data-00000-of-00001.parquet",
                "data/sub/data-1.parquet",
                "held/1.parquet",
                "held/1.txt",
                "more/a/b/2.parquet"))
        .isEqualTo(
            Map.of(
                "data",
                List.of("data/data-00000-of-00001.parquet"),
                "test",
                List.of("held/1.parquet", "more/a/b/2.parquet")));
  }

  @Test
  void ofSeveralConfigurationsTheUsualOneIsTaken() {
    String card =
        """
        ---
        configs:
        - config_name: small
          data_files: small/*.parquet
        - config_name: large
          data_dir: large
          default: true
        ---
        """;
    String[] names = {"small/1.parquet", "large/train.parquet", "large/test.parquet"};
    assertThat(files(card, "", names).keySet()).containsExactly("test", "train");
    assertThat(files(card, "small", names)).isEqualTo(Map.of("", List.of("small/1.parquet")));
    assertThatThrownBy(() -> files(card, "smal", names))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(NAME, "\"smal\"", "did you mean small?", "large");
    String none = card.replace("  default: true\n", "");
    assertThatThrownBy(() -> files(none, "", names))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("small, large", NAME + "#small");
    assertThat(files(none.replace("large\n  d", "default\n  d"), "", names)).hasSize(2);
  }

  @Test
  void aConfigurationWithoutACardIsAFolder() {
    String[] names = {"default/train/0000.parquet", "other/partial-test/0000.parquet"};
    assertThat(files("", "other", names)).isEqualTo(Map.of("test", List.of(names[1])));
    assertThatThrownBy(() -> files("", "othre", names)).hasMessageContaining("did you mean other?");
    DatasetFiles converted = new DatasetFiles(NAME, List.of(names));
    assertThat(converted.of(DatasetCard.NONE, Optional.empty(), true))
        .isEqualTo(Map.of("train", List.of(names[0])));
  }

  /** A card is somebody else's text. */
  @Test
  void manyAndStrangeNamesStayShort() {
    StringBuilder card = new StringBuilder("---\nconfigs:\n");
    for (int i = 0; i < 5000; i++) {
      card.append("- config_name: \"\\u001b[31mred ").append(i).append("\"\n");
    }
    assertThatThrownBy(() -> files(card + "---\n", "", "a.parquet"))
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("\u001b")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void aPatternWithoutFilesIsTold() {
    String card = "---\nconfigs:\n- data_files:\n  - {split: test, path: gone/*}\n---\n";
    assertThatThrownBy(() -> files(card, "", "a.parquet"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("gone/*", "\"test\"", "README.md");
  }

  @Test
  void aMissingShardIsTold() {
    assertThatThrownBy(
            () ->
                files(
                    "",
                    "",
                    "data/train-00000-of-00004.parquet",
                    "data/train-00002-of-00004.parquet"))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(NAME, "2 of the 4 files", "data/train");
  }

  @Test
  void aCardThatIsNoYamlIsNothing() {
    assertThat(DatasetCard.read("---\nconfigs: [\n---\n")).isEmpty();
    assertThat(DatasetCard.read("# no head\n---\n")).contains(DatasetCard.NONE);
    assertThat(DatasetCard.read("---\r\nlicense: mit\r\n---\r\ntext")).contains(DatasetCard.NONE);
    assertThat(DatasetCard.read("---\nconfigs: none\n---\n")).contains(DatasetCard.NONE);
    assertThat(DatasetCard.read("---\n" + "[".repeat(5000) + "\n---\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "data/train-*, data/train-0.parquet, true",
    "data/train-*, data/train-0/a.parquet, false",
    "data/*, data/a/b, false",
    "**/*.parquet, a.parquet, true",
    "**/*.parquet, a/b/c.parquet, true",
    "a/**, a/b/c.parquet, true",
    "a.parquet, abparquet, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a[bd]c, adc, true",
    "a[!b]c, abc, false",
    "a[!b]c, axc, true",
    "a(b)+{c}[, a(b)+{c}[, true",
    "a[&&]c, a&c, true"
  })
  void wildcards(String pattern, String name, boolean matches) {
    assertThat(DatasetFiles.glob(pattern).matcher(name).matches()).isEqualTo(matches);
  }
}
