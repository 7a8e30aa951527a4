package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.hub.HubFixture;
import org.visionfashion.model.Golden;

class HubLocatorTest extends HubFixture {

  private static final String MODULES =
      """
      [{"idx": 0, "name": "0", "path": "FOLDER",
        "type": "sentence_transformers.models.Transformer"},
       {"idx": 1, "name": "1", "path": "1_Pooling",
        "type": "sentence_transformers.models.Pooling"}]\
      """;

  private Path locate(String init) throws IOException {
    return new HubLocator(hub()).locate(init);
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void theBestFormOfTheWeightsWithWhatBelongsToThem() throws IOException {
    server.holdsLarge("model.safetensors", BYTES);
    server.holdsLarge("pytorch_model.bin", BYTES);
    server.holds("tokenizer.json", "{}");
    server.holds("README.md", "text");
    assertThat(names(locate("hf:owner/clip")))
        .containsExactlyInAnyOrder("model.safetensors", "tokenizer.json");
  }

  @Test
  void allShardsOfAnIndex() throws IOException {
    server.holds(
        "model.safetensors.index.json",
        "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\",\"c\":"
            + "\"model-1.safetensors\"}}");
    server.holdsLarge("model-1.safetensors", BYTES);
    server.holdsLarge(
        "model-2.safetensors", "other bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(names(locate("hf:owner/clip")))
        .containsExactlyInAnyOrder(
            "model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors");
  }

  @Test
  void whatSentenceTransformersPutBesideTheWeights() throws IOException {
    server.holds("modules.json", MODULES.replace("FOLDER", ""));
    server.holds("1_Pooling/config.json", "{}");
    server.holdsLarge("model.safetensors", BYTES);
    Path folder = locate("hf:owner/clip");
    assertThat(names(folder))
        .containsExactlyInAnyOrder("modules.json", "1_Pooling", "model.safetensors");
    assertThat(folder.resolve("1_Pooling/config.json")).hasContent("{}");
  }

  @Test
  void aTransformerInAFolderOfItsOwn() throws IOException {
    server.holds("modules.json", MODULES.replace("FOLDER", "0_Transformer"));
    server.holdsLarge("0_Transformer/pytorch_model.bin", BYTES);
    server.holds("0_Transformer/tokenizer.json", "{}");
    Path folder = locate("hf:owner/clip");
    assertThat(names(folder)).containsExactlyInAnyOrder("modules.json", "0_Transformer");
    assertThat(names(folder.resolve("0_Transformer")))
        .containsExactlyInAnyOrder("pytorch_model.bin", "tokenizer.json");
  }

  @Test
  void aModuleThatReachesElsewhereIsRefused() {
    server.holds("modules.json", MODULES.replace("FOLDER", "../x"));
    assertThatThrownBy(() -> locate("hf:owner/clip"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'../x' is not a folder beside it");
  }

  /** Another library fetched the weights alone: nobody knows whether there is more. */
  @Test
  void offlineWhatTheCacheHasWillDo() throws IOException {
    server.holdsLarge("pytorch_model.bin", BYTES);
    hub().file(MODEL, "pytorch_model.bin");
    assertThat(names(new HubLocator(offlineHub()).locate("hf:owner/clip")))
        .containsExactly("pytorch_model.bin");
    assertThatThrownBy(() -> new HubLocator(offlineHub()).locate("hf:owner/other"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("hf:owner/other has no weights: none of model.safetensors")
        .hasMessageContaining("in the cache " + cache)
        .hasMessageContaining("HF_HUB_OFFLINE");
  }

  @Test
  void aShardThatIsMissingIsNamed() {
    server.holds(
        "model.safetensors.index.json", "{\"weight_map\":{\"a\":\"model-1.safetensors\"}}");
    assertThatThrownBy(() -> locate("hf:owner/clip"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has no file model-1.safetensors");
  }

  @Test
  void aRepositoryWithoutWeightsIsToldSo() {
    server.holds("README.md", "text");
    assertThatThrownBy(() -> locate("hf:owner/clip"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("hf:owner/clip has no weights: none of model.safetensors");
  }

  @Test
  void aRunStartsFromAModelOfTheHub() throws IOException {
    server.holdsLarge("model.safetensors", Files.readAllBytes(Golden.path("bert.hf.safetensors")));
    server.holds(
        "tokenizer.json",
        new String(
            WordPieceVocabulary.build(List.of("a red dress"), 50).json(), StandardCharsets.UTF_8));
    InitConfig init =
        new InitConfig(InitConfig.RANDOM, InitConfig.RANDOM, "hf:owner/clip@main", List.of());
    try (InitialWeights start = InitialWeights.open(init, new HubLocator(hub()));
        Tokenizer tokenizer = start.tokenizer(8).orElseThrow()) {
      assertThat(start.vocabulary().orElseThrow().tokens()).isEqualTo(199);
      assertThat(tokenizer.count("a red dress")).isEqualTo(5);
      assertThat(start.files()).hasSize(1);
    }
  }

  @Test
  void aPathIsAPath() throws IOException {
    assertThat(locate("/weights/vit")).isEqualTo(Path.of("/weights/vit"));
  }
}
