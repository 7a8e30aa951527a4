package org.visionfashion.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.visionfashion.weights.WeightsException;

class HubLocatorTest extends HubFixture {

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
  void aRepositoryWithoutWeightsIsToldSo() {
    server.holds("README.md", "text");
    assertThatThrownBy(() -> locate("hf:owner/clip"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("hf:owner/clip has no weights: none of model.safetensors");
  }

  @Test
  void aPathIsAPath() throws IOException {
    assertThat(locate("/weights/vit")).isEqualTo(Path.of("/weights/vit"));
  }
}
