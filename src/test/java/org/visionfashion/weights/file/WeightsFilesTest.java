package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;
import org.visionfashion.model.Golden;

/** The container is told by the file's first bytes, whatever its name. */
class WeightsFilesTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("weights"), bytes);
  }

  /** Lengths that begin as a pickle or as a zip archive does. */
  @ParameterizedTest
  @ValueSource(ints = {0x80 + 0x200, 0x0480, 'P' | ('K' << 8), 64})
  void safetensorsWhoseHeaderIsOfAnyLength(int length) throws IOException {
    String json = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    byte[] header = (json + " ".repeat(length - json.length())).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + length + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(header).putFloat(7);
    try (Tensors tensors = WeightsFiles.open(file(bytes.array()))) {
      assertThat(tensors.floats("w")).containsExactly(7);
    }
  }

  @Test
  void pytorchsFormByWhateverName() throws IOException {
    Path path = folder.resolve("weights.safetensors");
    TorchWriter.write(path, Map.of("w", TorchWriterTest.tensor(new float[] {7}, 1)));
    try (Tensors tensors = WeightsFiles.open(path)) {
      assertThat(tensors.floats("w")).containsExactly(7);
    }
  }

  /** What training wraps around a model, in either container; of some names alone it stays. */
  @ParameterizedTest
  @CsvSource({
    "module.w, module.v, w, v",
    "_orig_mod.w, _orig_mod.v, w, v",
    "module._orig_mod.w, module._orig_mod.v, w, v",
    "model.w, model.v, w, v",
    "module.w, v, module.w, v"
  })
  void aPrefixOfAllNamesGoes(String first, String second, String bareFirst, String bareSecond)
      throws IOException {
    Map<String, SafetensorsWriter.Tensor> both = new LinkedHashMap<>();
    both.put(first, TorchWriterTest.tensor(new float[] {7}, 1));
    both.put(second, TorchWriterTest.tensor(new float[] {8}, 1));
    Path torch = folder.resolve("w.pt");
    TorchWriter.write(torch, both);
    Path safe = folder.resolve("w.safetensors");
    SafetensorsWriter.write(safe, both, Map.of());
    for (Path path : List.of(torch, safe)) {
      try (Tensors tensors = WeightsFiles.open(path)) {
        assertThat(tensors.names()).containsExactlyInAnyOrder(bareFirst, bareSecond);
        assertThat(tensors.floats(bareSecond)).containsExactly(8);
        assertThat(tensors.info(bareFirst).shape()).containsExactly(1);
      }
    }
  }

  @Test
  void theOldFormIsToldWithTheRemedy() {
    assertThatThrownBy(() -> WeightsFiles.open(Golden.path("legacy_format.pth")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("old format", "torch.load(", "weights_only=True");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty: download it again",
    "{}, is not a weights file: it is neither safetensors nor PyTorch's",
    "P, is not a weights file: it is neither safetensors nor PyTorch's",
    "<!doctype html>, is not a weights file: it is neither safetensors nor PyTorch's",
    "version https://git-lfs.github.com/spec/v1, git lfs pull"
  })
  void whatIsNoWeights(String content, String message) throws IOException {
    Path path = file(content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WeightsFiles.open(path).close())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(path.toString(), message);
  }
}
