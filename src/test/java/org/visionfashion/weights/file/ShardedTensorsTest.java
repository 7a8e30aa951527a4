package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.base.UserError;

class ShardedTensorsTest {

  @TempDir Path folder;

  private record Values(float... values) implements SafetensorsWriter.Tensor {

    @Override
    public long[] shape() {
      return new long[] {values.length};
    }
  }

  @BeforeEach
  void shards() throws IOException {
    SafetensorsWriter.write(
        folder.resolve("model-1.safetensors"),
        Map.of("a", new Values(1, 2), "b", new Values(3)),
        Map.of("format", "pt"));
    SafetensorsWriter.write(
        folder.resolve("model-2.safetensors"), Map.of("c", new Values(4)), Map.of());
  }

  private Path index(String json) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  @Test
  void readsEachTensorFromItsFile() throws IOException {
    index(
        "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"c\":\"model-2.safetensors\","
            + "\"b\":\"model-1.safetensors\"}}");
    try (Tensors tensors = WeightsFiles.open(folder)) {
      assertThat(tensors.names()).containsExactly("a", "c", "b");
      assertThat(tensors.floats("a")).containsExactly(1, 2);
      assertThat(tensors.floats("c")).containsExactly(4);
      assertThat(tensors.info("b").shape()).containsExactly(1);
      assertThat(tensors.metadata()).containsEntry("format", "pt");
      assertThatThrownBy(() -> tensors.floats("d"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("has no tensor d");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"weight_map\":{\"a\":\"../model-1.safetensors\"}} | not a file beside it",
        "{\"weight_map\":{\"a\":\"/etc/passwd\"}} | not a file beside it",
        "{\"weight_map\":{\"a\":\"..safetensors\"}} | not a file beside it",
        "{\"weight_map\":{\"a\":\"model-2.safetensors\"}} | has no tensor a",
        "{\"weight_map\":{\"a\":\"model-3.safetensors\"}} | no such file",
        "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"a\":\"model-2.safetensors\"}} |"
            + " Duplicate field 'a'",
        "{\"weight_map\":{}} | has no weight_map",
        "{\"weight_map\":7} | has no weight_map",
        "{} | has no weight_map",
        "{\"weight_map\": | is not JSON"
      })
  void anIndexThatCannotBe(String json, String message) throws IOException {
    Path index = index(json);
    assertThatThrownBy(() -> ShardedTensors.open(index).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFolderWithoutWeightsIsToldSo(@TempDir Path empty) {
    assertThatThrownBy(() -> WeightsFiles.open(empty).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no weights: none of model.safetensors");
    assertThatThrownBy(() -> WeightsFiles.open(empty.resolve("x")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file or folder");
  }
}
