package org.visionfashion.weights.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.visionfashion.base.UserError;

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

  /** As many bytes as tell the containers apart. */
  private static final int START = 9;

  private static final byte PICKLE = (byte) 0x80;
  private static final int NEWEST = 5;

  /** How the file begins that stands for another in a repository. */
  private static final String GIT_LFS = "version h";

  private WeightsFiles() {}

  /**
   * Opens a file, or the weights in a folder: safetensors, single or sharded, or PyTorch's zip
   * form. What wrapping a model puts before every name is left out: {@code module.}, {@code
   * _orig_mod.}, {@code model.}.
   *
   * @throws UserError where it is none of these
   */
  public static Tensors open(Path path) throws IOException {
    return BareNames.of(container(file(path)));
  }

  private static Tensors container(Path file) throws IOException {
    if (file.getFileName().toString().endsWith(INDEX)) {
      return ShardedTensors.open(file);
    }
    byte[] start = start(file);
    if (isSafetensors(start)) {
      return SafetensorsFile.open(file);
    }
    if (isTorch(start)) {
      return TorchFile.open(file);
    }
    throw new UserError(file + notWeights(start));
  }

  /**
   * The file itself, or the one in a folder.
   *
   * @throws UserError where there is none
   */
  public static Path file(Path path) {
    Path file = Files.isDirectory(path) ? inFolder(path) : path;
    if (!Files.isRegularFile(file)) {
      throw new UserError(file + ": no such file or folder");
    }
    return file;
  }

  /** The folder that weights lie in, with all that belongs to them. */
  public static Path folder(Path weights) {
    return Files.isDirectory(weights) ? weights : weights.toAbsolutePath().normalize().getParent();
  }

  private static Path inFolder(Path folder) {
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () -> new UserError(folder + " holds no weights: none of " + String.join(", ", NAMES)));
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(START);
    }
  }

  /** The header's length, of which any byte may be anything, and its brace. */
  private static boolean isSafetensors(byte[] start) {
    return start.length == START && start[START - 1] == '{';
  }

  /** A zip archive, or the pickle that PyTorch wrote before 1.6. */
  private static boolean isTorch(byte[] start) {
    return start.length >= 2
        && ((start[0] == 'P' && start[1] == 'K') || (start[0] == PICKLE && start[1] <= NEWEST));
  }

  private static String notWeights(byte[] start) {
    if (start.length == 0) {
      return " is empty: download it again";
    }
    return new String(start, StandardCharsets.ISO_8859_1).equals(GIT_LFS)
        ? " is only a Git LFS pointer: run git lfs pull"
        : " is not a weights file: it is neither safetensors nor PyTorch's";
  }
}
