package org.visionfashion.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.visionfashion.model.Architecture;

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
   * @throws WeightsException where it is not JSON
   */
  public static ConfigBeside of(Path weights) throws IOException {
    Path file = WeightsFiles.folder(weights).resolve(ModelFolder.CONFIG);
    return new ConfigBeside(
        file, Files.isRegularFile(file) ? ModelJson.tree(file) : MissingNode.getInstance());
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
   * @throws WeightsException where a value is missing or cannot be
   */
  public Optional<Architecture.ImageEncoder> image() {
    return tower(IMAGE, "patch_size").map(node -> ModelJson.image(file, node));
  }

  /**
   * The text tower; nothing where the file is of something else.
   *
   * @throws WeightsException where a value is missing or cannot be
   */
  public Optional<Architecture.TextEncoder> text() {
    return tower(TEXT, "vocab_size").map(node -> ModelJson.text(file, node));
  }

  /**
   * @param mark a key that only this kind of tower has
   */
  private Optional<JsonNode> tower(String section, String mark) {
    return Optional.of(isWhole() ? root.path(section) : root).filter(node -> node.has(mark));
  }
}
