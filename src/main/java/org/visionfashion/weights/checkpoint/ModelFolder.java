package org.visionfashion.weights.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.FileDigest;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.weights.file.SafetensorsFile;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.TensorInfo;

/**
 * The checkpoint folder: {@code model.safetensors}, {@code config.json}, {@code tokenizer.json},
 * {@code README.md}. Written beside its place and renamed, so a reader sees the old one or the new.
 */
public final class ModelFolder {

  public static final String WEIGHTS = "model.safetensors";
  public static final String CONFIG = "config.json";
  public static final String TOKENIZER = "tokenizer.json";
  public static final String CARD = "README.md";

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
      FileValues values = new FileValues(file, description.architecture().temperature());
      DualEncoder model = new DualEncoder(architecture, device, values);
      if (!values.problems().isEmpty()) {
        model.close();
        throw unfit(values.problems());
      }
      return model;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (TooManyProblems e) {
      throw unfit(e.problems);
    }
  }

  private UserError unfit(List<String> problems) {
    return new UserError(
        folder.resolve(WEIGHTS)
            + " does not fit its "
            + CONFIG
            + ": "
            + String.join("; ", problems));
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

  /** The file is so far from the model that the rest of the model is not worth its memory. */
  private static final class TooManyProblems extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    TooManyProblems(List<String> problems) {
      this.problems = problems;
    }
  }

  /** Values from a file, with a list of what does not fit; zeros stand in for that. */
  private static final class FileValues implements ParameterValues {

    private static final String LOG_SCALE = "logit_scale";
    private static final long LEAST_ROOM = 1 << 24;

    private final SafetensorsFile file;
    private final double temperature;
    private final Set<String> used = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long room;

    FileValues(SafetensorsFile file, double temperature) {
      this.file = file;
      this.temperature = temperature;
      // A config.json may ask for any size: zeros take no more than the file itself would.
      this.room =
          Math.max(
              LEAST_ROOM, file.names().stream().mapToLong(name -> file.info(name).count()).sum());
    }

    @Override
    public Values values(String name, long[] shape, Initial initial) {
      used.add(name);
      if (!file.names().contains(name)) {
        return name.equals(LOG_SCALE)
            ? Values.of((float) Math.log(1 / temperature))
            : standIn("missing " + name + " " + Arrays.toString(shape), shape);
      }
      TensorInfo info = file.info(name);
      if (!Arrays.equals(info.shape(), shape)) {
        String problem = "%s is %s in the file, %s in the model";
        return standIn(problem.formatted(name, info.shapeText(), Arrays.toString(shape)), shape);
      }
      return tensor -> read(name, tensor);
    }

    private void read(String name, ByteBuffer tensor) {
      try {
        file.read(name, tensor);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Values standIn(String problem, long[] shape) {
      problems.add(problem);
      long count = count(shape);
      if (count < 0 || count > room) {
        problems.add("...");
        throw new TooManyProblems(problems);
      }
      room -= count;
      return Values.of(new float[Math.toIntExact(count)]);
    }

    private static long count(long[] shape) {
      try {
        return TensorInfo.count(shape);
      } catch (ArithmeticException e) {
        return Long.MAX_VALUE;
      }
    }

    List<String> problems() {
      List<String> all = new ArrayList<>(problems);
      for (String name : file.names()) {
        // A pooler that the model's pooling does not use may lie in the file.
        if (!used.contains(name) && !name.contains(".pooler.")) {
          all.add("unexpected " + name + " " + file.info(name).shapeText());
        }
      }
      return all;
    }
  }
}
