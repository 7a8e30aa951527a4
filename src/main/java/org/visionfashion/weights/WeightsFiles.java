package org.visionfashion.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens weights in whatever container they lie. */
public final class WeightsFiles {

  /** What weights are called in a folder, the best form first. */
  public static final List<String> NAMES =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "open_clip_model.safetensors",
          "pytorch_model.bin",
          "open_clip_pytorch_model.bin");

  /** How the name of a sharded model's index ends. */
  public static final String INDEX = ".index.json";

  private WeightsFiles() {}

  /**
   * Opens a file, or the weights in a folder: safetensors, single or sharded, or PyTorch's zip
   * form.
   *
   * @throws WeightsException where it is none of these
   */
  public static Tensors open(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? inFolder(path) : path;
    if (!Files.isRegularFile(file)) {
      throw new WeightsException(file + ": no such file or folder");
    }
    if (file.getFileName().toString().endsWith(INDEX)) {
      return ShardedTensors.open(file);
    }
    return isTorch(file) ? TorchFile.open(file) : SafetensorsFile.open(file);
  }

  private static Path inFolder(Path folder) {
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new WeightsException(
                    folder + " holds no weights: none of " + String.join(", ", NAMES)));
  }

  /** A zip archive, or the pickle that PyTorch wrote before 1.6. */
  private static boolean isTorch(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    boolean zip = start.length == 4 && start[0] == 'P' && start[1] == 'K';
    boolean pickle = start.length >= 2 && (start[0] & 0xFF) == 0x80 && start[1] <= 5;
    return zip || (pickle && !isSafetensors(file, start));
  }

  /** A header length may begin with the same byte; then a brace stands behind it. */
  private static boolean isSafetensors(Path file, byte[] start) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(9);
      return head.length == 9 && head[8] == '{' && start.length == 4;
    }
  }
}
