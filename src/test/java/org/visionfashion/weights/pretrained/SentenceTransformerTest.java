package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;

class SentenceTransformerTest {

  @TempDir private Path folder;

  private SentenceTransformer modules(String... typesAndPaths) throws IOException {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < typesAndPaths.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"idx\": %d, \"type\": \"%s\", \"path\": \"%s\"}"
                  .formatted(i / 2, typesAndPaths[i], typesAndPaths[i + 1]));
    }
    return SentenceTransformer.read(
        Files.writeString(folder.resolve("modules.json"), json.append("]")));
  }

  private void pooling(String json) throws IOException {
    Files.createDirectories(folder.resolve("1_Pooling"));
    Files.writeString(folder.resolve("1_Pooling/config.json"), json);
  }

  @Test
  void theModulesByTheirNames() throws IOException {
    SentenceTransformer read =
        modules(
            "sentence_transformers.models.Transformer", "",
            "sentence_transformers.models.Pooling", "1_Pooling",
            "sentence_transformers.models.Dense", "2_Dense",
            "sentence_transformers.models.Normalize", "3_Normalize");
    assertThat(read.weights()).isEqualTo(folder);
    assertThat(read.ofTransformer("config.json")).isEqualTo("config.json");
    assertThat(read.pooling()).contains("1_Pooling/config.json");
    assertThat(read.ignored()).containsExactly("2_Dense (Dense)");
  }

  @Test
  void aTransformerInAFolderOfItsOwn() throws IOException {
    SentenceTransformer read = modules("other.modules.transformer.Transformer", "0_BERT");
    assertThat(read.weights()).isEqualTo(folder.resolve("0_BERT"));
    assertThat(read.ofTransformer("config.json")).isEqualTo("0_BERT/config.json");
    assertThat(read.pooling()).isEmpty();
    assertThat(read.ignored()).isEmpty();
    assertThat(read.problem(Pooling.CLS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MEAN | {\"pooling_mode_cls_token\": false, \"pooling_mode_mean_tokens\": true}",
        "CLS  | {\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": false}",
        "MEAN | {\"embedding_dimension\": 384, \"pooling_mode\": \"mean\"}",
      })
  void pooledAsItWas(Pooling pooling, String json) throws IOException {
    SentenceTransformer read = modules("m.Transformer", "", "m.Pooling", "1_Pooling");
    pooling(json);
    assertThat(read.problem(pooling)).isEmpty();
    assertThat(read.problem(Pooling.POOLER)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean         | {\"pooling_mode_mean_tokens\": true}",
        "max          | {\"pooling_mode_max_tokens\": true}",
        "cls and mean | {\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": true}",
        "lasttoken    | {\"pooling_mode_lasttoken\": true}",
      })
  void pooledOtherwise(String modes, String json) throws IOException {
    SentenceTransformer read = modules("m.Transformer", "", "m.Pooling", "1_Pooling");
    pooling(json);
    assertThat(read.problem(Pooling.CLS).orElseThrow())
        .contains(
            "%s pools by %s, model.text.pooling is cls"
                .formatted(folder.resolve("1_Pooling/config.json"), modes),
            "model.ignore: [1_Pooling/config.json]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc", "a/b", "..", "a\\\\b"})
  void foldersThatReachElsewhere(String path) {
    assertThatThrownBy(() -> modules("m.Transformer", path))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not a folder beside it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[] | has no Transformer", "{} | has no Transformer", "7 | has no", "[ | not JSON"})
  void listsThatAreNone(String json, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("modules.json"), json);
    assertThatThrownBy(() -> SentenceTransformer.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }
}
