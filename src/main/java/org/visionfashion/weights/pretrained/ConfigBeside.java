package org.visionfashion.weights.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.checkpoint.ModelJson;
import org.visionfashion.weights.file.JsonFile;
import org.visionfashion.weights.file.WeightsFiles;

/**
 * The {@code config.json} beside weights: this project's of a whole model, or Hugging Face's of one
 * tower, which has the same keys. It says what no shape tells, the number of heads for one. Where
 * there is none, nothing is said.
 */
public final class ConfigBeside {

  private static final String IMAGE = "image_encoder";
  private static final String TEXT = "text_encoder";

  private final Path file;
  private final JsonNode root;

  private ConfigBeside(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @param weights a file, or the folder of one
   * @throws UserError where it is not JSON
   */
  public static ConfigBeside of(Path weights) throws IOException {
    Path file = WeightsFiles.folder(weights).resolve(ModelFolder.CONFIG);
    return new ConfigBeside(
        file, Files.isRegularFile(file) ? JsonFile.read(file) : MissingNode.getInstance());
  }

  /** For messages. */
  public Path file() {
    return file;
  }

  /** Whether it describes a whole model of this project. */
  public boolean isWhole() {
    return root.has(IMAGE);
  }

  /**
   * The image tower; nothing where the file is of something else.
   *
   * @throws UserError where a value is missing or cannot be
   */
  public Optional<Architecture.ImageEncoder> image() {
    return tower(IMAGE, "patch_size").map(node -> ModelJson.image(file, node));
  }

  /**
   * The text tower; nothing where the file is of something else.
   *
   * @throws UserError where a value is missing or cannot be
   */
  public Optional<Architecture.TextEncoder> text() {
    return tower(TEXT, "vocab_size").map(node -> ModelJson.text(file, node));
  }

  /** What it says of heads and activation, which no shape shows, and the model has otherwise. */
  List<String> contradictions(Architecture.ImageEncoder model) {
    List<String> all = new ArrayList<>();
    image()
        .ifPresent(
            said -> {
              compare("num_attention_heads", said.heads(), "model.image.heads", model.heads(), all);
              compare(
                  "hidden_act",
                  lower(said.activation()),
                  "model.image.activation",
                  lower(model.activation()),
                  all);
            });
    return all;
  }

  /** The same for a text tower, which has one activation. */
  List<String> contradictions(Architecture.TextEncoder model) {
    List<String> all = new ArrayList<>();
    text()
        .ifPresent(
            said ->
                compare(
                    "num_attention_heads", said.heads(), "model.text.heads", model.heads(), all));
    return all;
  }

  private void compare(String key, Object said, String ours, Object model, List<String> all) {
    if (!said.equals(model)) {
      all.add("%s says %s is %s, %s is %s".formatted(file, key, said, ours, model));
    }
  }

  private static String lower(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param mark a key that only this kind of tower has
   */
  private Optional<JsonNode> tower(String section, String mark) {
    return Optional.of(isWhole() ? root.path(section) : root).filter(node -> node.has(mark));
  }
}
