package org.visionfashion.weights.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.FileDigest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.weights.file.Misfits;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;

/**
 * The checkpoint folder: {@code model.safetensors}, {@code config.json}, {@code tokenizer.json},
 * {@code README.md}. Written beside its place and renamed, so a reader sees the old one or the new.
 */
public final class ModelFolder {

  public static final String WEIGHTS = "model.safetensors";
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String CARD = "README.md";

  /** A fixed temperature stands in config.json; the notebook's files do not repeat it. */
  private static final String LOG_SCALE = "logit_scale";

  private final Path folder;
  private final ModelDescription description;

  private ModelFolder(Path folder, ModelDescription description) {
    this.folder = folder;
    this.description = description;
  }

  /**
   * Opens a folder; reads {@code config.json} alone.
   *
   * @throws UserError where it is not a checkpoint folder
   */
  public static ModelFolder open(Path path) throws IOException {
    Path folder = AtomicFiles.existing(path);
    for (String name : List.of(CONFIG, WEIGHTS)) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new UserError(folder + " is not a model folder: it has no " + name);
      }
    }
    return new ModelFolder(folder, ModelJson.read(folder.resolve(CONFIG)));
  }

  /**
   * Whether a folder lies there, or the old one that a crash set aside while a new one was written:
   * {@link #open} takes either.
   */
  public static boolean exists(Path path) {
    return Files.isDirectory(AtomicFiles.existing(path));
  }

  public ModelDescription description() {
    return description;
  }

  public Path path() {
    return folder;
  }

  /**
   * Which model this is: SHA-256 of {@code model.safetensors}, 64 hexadecimal digits. Reads the
   * whole file, at more than a gigabyte in a few seconds.
   */
  public String identity() throws IOException {
    return FileDigest.sha256(folder.resolve(WEIGHTS));
  }

  /** The vocabulary, where the folder has one. */
  public Optional<Path> tokenizer() {
    return Optional.of(folder.resolve(TOKENIZER)).filter(Files::isRegularFile);
  }

  /**
   * Builds the model with the folder's weights.
   *
   * @throws UserError naming every tensor that is missing, unexpected or of another shape
   */
  public DualEncoder load(Device device) throws IOException {
    return load(device, Optional.empty(), Optional.empty());
  }

  /** The same, with other poolings of the towers than the folder says, where they are given. */
  public DualEncoder load(Device device, Optional<Pooling> image, Optional<Pooling> text)
      throws IOException {
    Architecture stated = description.architecture();
    Architecture architecture =
        stated.withPooling(
            image.orElse(stated.image().pooling()), text.orElse(stated.text().pooling()));
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      requireFit(file, DualEncoder.shapes(architecture));
      Values fixedScale = Values.of((float) Math.log(1 / stated.similarity().temperature()));
      return new DualEncoder(
          architecture,
          device,
          (name, shape, initial) -> file.names().contains(name) ? file.values(name) : fixedScale);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Headers alone are read: no size that a config.json states costs memory. */
  private void requireFit(SafetensorsFile file, Map<String, long[]> shapes) {
    Misfits misfits = new Misfits();
    shapes.forEach(
        (name, shape) -> {
          if (file.names().contains(name)) {
            if (!Arrays.equals(file.info(name).shape(), shape)) {
              misfits.shape(WEIGHTS, file.info(name), shape);
            }
          } else if (!name.equals(LOG_SCALE)) {
            misfits.missing(WEIGHTS, name, shape);
          }
        });
    for (String name : file.names()) {
      // A pooler that the model's pooling does not use may lie in the file.
      if (!shapes.containsKey(name) && !name.contains(".pooler.")) {
        misfits.unexpected(WEIGHTS, file.info(name));
      }
    }
    misfits.refuse(folder.resolve(WEIGHTS) + " does not fit its " + CONFIG);
  }

  /**
   * Writes a folder.
   *
   * @param weights tensors by name
   * @param tokenizer the text of {@code tokenizer.json}
   * @param card the text of {@code README.md}
   */
  public static void write(
      Path folder,
      ModelDescription description,
      Map<String, NDArray> weights,
      String tokenizer,
      String card)
      throws IOException {
    AtomicFiles.replaceFolder(
        folder,
        fresh -> {
          writeTensors(fresh.resolve(WEIGHTS), weights, Map.of("format", "pt"));
          writeDescription(fresh, description);
          Files.writeString(fresh.resolve(TOKENIZER), tokenizer);
          Files.writeString(fresh.resolve(CARD), card);
        });
  }

  /** Writes the {@code config.json} of a folder that is being made. */
  public static void writeDescription(Path folder, ModelDescription description)
      throws IOException {
    Files.writeString(folder.resolve(CONFIG), ModelJson.write(description));
  }

  /** Writes native tensors as a safetensors file. */
  public static void writeTensors(
      Path file, Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
    Map<String, SafetensorsWriter.Tensor> entries = new LinkedHashMap<>();
    tensors.forEach((name, array) -> entries.put(name, new NativeTensor(array)));
    SafetensorsWriter.write(file, entries, metadata);
  }

  private record NativeTensor(NDArray array) implements SafetensorsWriter.Tensor {

    @Override
    public long[] shape() {
      return array.getShape().getShape();
    }

    @Override
    public float[] values() {
      return array.toFloatArray();
    }
  }
}
