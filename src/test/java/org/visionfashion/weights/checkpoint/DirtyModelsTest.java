package org.visionfashion.weights.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.visionfashion.base.UserError;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.fuzz.Damage;
import org.visionfashion.fuzz.Fuzz;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.ShardedTensors;

/** What lies beside weights says how large the model is: it is believed as far as it fits them. */
public class DirtyModelsTest {

  @TempDir private Path folder;

  /** Damaged {@code config.json} of a model folder whose weights are in order. */
  public static Fuzz configs(Path folder) throws IOException {
    Path model = folder.resolve("model");
    try (Checkpoint checkpoint = TinyModel.checkpoint(1, "finetune")) {
      checkpoint.write(model, checkpoint.description(), "");
    }
    Path config = model.resolve(ModelFolder.CONFIG);
    return new Fuzz(
        "config.json",
        List.of(Files.readAllBytes(config)),
        damage(),
        64,
        (bytes, label) -> {
          Files.write(config, bytes);
          return isRead(() -> Checkpoint.open(model, TestDevice.get()), model, label);
        });
  }

  /** Damaged {@code model.safetensors.index.json} whose files are in order. */
  public static Fuzz indexes(Path folder) throws IOException {
    Path index = Files.createDirectories(folder).resolve("model.safetensors.index.json");
    SafetensorsWriter.Tensor tensor =
        new SafetensorsWriter.Tensor() {
          @Override
          public long[] shape() {
            return new long[] {2};
          }

          @Override
          public float[] values() {
            return new float[2];
          }
        };
    SafetensorsWriter.write(
        folder.resolve("one.safetensors"), Map.of("a", tensor, "b.weight", tensor), Map.of());
    SafetensorsWriter.write(folder.resolve("two.safetensors"), Map.of("c", tensor), Map.of());
    String json =
        """
        {"metadata": {"total_size": 24},
         "weight_map": {"a": "one.safetensors", "b.weight": "one.safetensors", "c": "two.safetensors"}}
        """;
    return new Fuzz(
        "index.json",
        List.of(json.getBytes(StandardCharsets.UTF_8)),
        damage(),
        64,
        (bytes, label) -> {
          Files.write(index, bytes);
          return isRead(() -> ShardedTensors.open(index), folder, label);
        });
  }

  private static Damage damage() {
    return new Damage(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "-1",
        "0",
        "1e999",
        "NaN",
        "2147483647",
        "99999999999999999999",
        "\"weight_map\": {},",
        "\"num_hidden_layers\": 1000,",
        "\"hidden_size\": 1000000,",
        "\"image_size\": [],",
        "../",
        "/etc/passwd",
        "\\u0000",
        "\u00FF");
  }

  /** Something that opens what is damaged. */
  @FunctionalInterface
  private interface Opening {
    AutoCloseable open() throws IOException;
  }

  private static boolean isRead(Opening opening, Path about, String label) throws IOException {
    try (AutoCloseable opened = opening.open()) {
      return opened != null;
    } catch (UserError e) {
      // Tensors that do not fit are all named, however many there are.
      String line = e.getMessage().replaceFirst("(does not fit its config.json: ).*", "$1");
      Fuzz.assertLine(line, about.toString(), label);
      return false;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void damagedConfigs() throws IOException {
    assertThat(configs(folder).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  @Test
  void damagedIndexes() throws IOException {
    assertThat(indexes(folder).run(0, Fuzz.CASES)).isBetween(Fuzz.CASES / 4, Fuzz.CASES);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotWaitedFor() throws Exception {
    Path index = folder.resolve("model.safetensors.index.json");
    assertThat(new ProcessBuilder("mkfifo", index.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ShardedTensors.open(index).close())
        .isInstanceOf(UserError.class)
        .hasMessage(index + " cannot be read: not a regular file");
  }
}
