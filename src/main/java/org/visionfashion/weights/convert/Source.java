package org.visionfashion.weights.convert;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.NameMap;
import org.visionfashion.weights.pretrained.PublishedModel;
import org.visionfashion.weights.pretrained.RenamedTensors;
import org.visionfashion.weights.pretrained.SourceConfig;

/**
 * Weights of any form, opened to be written in another: tensors under this project's names, read
 * when their turn comes, and what lies beside them.
 */
final class Source implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Source.class);

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final String LOG_SCALE = "logit_scale";
  private static final float LARGEST_HALF = 65504;
  private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);

  private final Path from;
  private final boolean half;
  private final NameMap map;
  private final Tensors tensors;

  private Source(Path from, boolean half, NameMap map, Tensors tensors) {
    this.from = from;
    this.half = half;
    this.map = map;
    this.tensors = tensors;
  }

  /**
   * Opens a file, or the one in a folder.
   *
   * @param half whether numbers that 16 bits do not hold are refused
   * @throws UserError where its names are of no known model
   */
  static Source open(Path from, boolean half) throws IOException {
    Tensors file = WeightsFiles.open(from);
    try {
      NameMap map =
          NameMap.of(file.names())
              .orElseThrow(() -> new UserError(from + ": unrecognised tensor names"));
      String prefix =
          switch (map) {
            case HF_VIT, TIMM -> IMAGE;
            case HF_BERT -> TEXT;
            case WHOLE, CLIP, HF_CLIP, SIGLIP, HF_SIGLIP -> "";
          };
      return new Source(from, half, map, new RenamedTensors(file, map, prefix));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** For messages. */
  Path path() {
    return from;
  }

  /** How the file calls its tensors. */
  NameMap names() {
    return map;
  }

  /** What the shapes of the tensors and the configuration beside them say. */
  ShapeReader shapes() throws IOException {
    return new ShapeReader(from, tensors, SourceConfig.of(from, map));
  }

  /** The tensors below a prefix, without it. */
  Map<String, Tensor> below(String prefix) {
    Map<String, Tensor> below = new LinkedHashMap<>();
    for (String name : tensors.names()) {
      if (name.startsWith(prefix)) {
        below.put(name.substring(prefix.length()), stored(name, tensors.info(name).shape()));
      }
    }
    if (below.isEmpty()) {
      throw new UserError(
          "%s has no %s*: its names are those of %s".formatted(from, prefix, map.label()));
    }
    return below;
  }

  /**
   * All tensors of a whole model in this project's shapes. A temperature that is fixed is in no
   * file.
   */
  Map<String, Tensor> whole(Architecture architecture) {
    Map<String, Tensor> whole = new LinkedHashMap<>();
    DualEncoder.shapes(architecture)
        .forEach(
            (name, shape) -> {
              boolean fixed = name.equals(LOG_SCALE) && !tensors.names().contains(name);
              double temperature = architecture.similarity().temperature();
              whole.put(
                  name,
                  fixed ? new Scalar((float) Math.log(1 / temperature)) : stored(name, shape));
            });
    return whole;
  }

  /** A number that is in no file. */
  record Scalar(float value) implements Tensor {

    @Override
    public long[] shape() {
      return new long[0];
    }

    @Override
    public float[] values() {
      return new float[] {value};
    }
  }

  private Tensor stored(String name, long[] shape) {
    return new Stored(tensors, name, shape, half);
  }

  /** A tensor that is read when its turn comes. */
  private record Stored(Tensors file, String name, long[] shape, boolean half) implements Tensor {

    @Override
    public float[] values() {
      try {
        float[] values = file.floats(name);
        if (half) {
          requireHalf(values);
        }
        return values;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A number that would become infinite is no longer the model's. */
    private void requireHalf(float[] values) {
      for (float value : values) {
        if (Math.abs(value) > LARGEST_HALF && !Float.isInfinite(value)) {
          throw new UserError(
              "%s holds %s, more than 16 bits can; convert without --half".formatted(name, value));
        }
      }
    }
  }

  /** Writes {@code tokenizer.json} as other libraries read it, where there is a tokenizer. */
  void copyTokenizer(Path folder, TextCleaning cleaning) throws IOException {
    write(folder, tokenizer(cleaning));
  }

  /** The same for a model folder, whose texts are cleaned before the tokenizer reads them. */
  void copyOwnTokenizer(Path folder, TextCleaning cleaning) throws IOException {
    Optional<Path> file = TokenizerFiles.in(WeightsFiles.folder(from));
    write(
        folder,
        file.isPresent()
            ? Optional.of(TokenizerFiles.json(file.get(), cleaning))
            : Optional.empty());
  }

  private void write(Path folder, Optional<byte[]> tokenizer) throws IOException {
    if (tokenizer.isPresent()) {
      Files.write(folder.resolve(TokenizerFiles.JSON), tokenizer.get());
    } else {
      LOG.warn("No tokenizer lies beside {}: none is written", from);
    }
  }

  /**
   * The text of {@code tokenizer.json} as other libraries read it, where there is a tokenizer; what
   * it leaves out is told.
   */
  Optional<byte[]> tokenizer(TextCleaning cleaning) throws IOException {
    Optional<Path> file = TokenizerFiles.in(WeightsFiles.folder(from));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    switch (cleaning) {
      case NONE -> {}
      case OPEN_CLIP ->
          LOG.warn(
              "{} cleans texts as Hugging Face's CLIP; here HTML entities were replaced besides",
              TokenizerFiles.JSON);
      case CANONICALIZE ->
          LOG.warn(
              "{} cleans no texts; this model reads lower case without punctuation",
              TokenizerFiles.JSON);
    }
    return Optional.of(TokenizerFiles.portable(file.get(), cleaning));
  }

  /** What Python's tokenizers read beside the tokenizer; false where there is nothing. */
  boolean copySettings(Path folder) throws IOException {
    boolean any = false;
    for (String name : List.of(TokenizerFiles.SETTINGS, "special_tokens_map.json")) {
      Path file = WeightsFiles.folder(from).resolve(name);
      if (Files.isRegularFile(file)) {
        Files.copy(file, folder.resolve(name));
        any = true;
      }
    }
    return any;
  }

  /** Whether {@code from} is what a config.json of a whole model describes, not its neighbour. */
  private boolean isModelFolder(SourceConfig config) {
    boolean weights =
        Files.isDirectory(from) || from.getFileName().toString().equals(ModelFolder.WEIGHTS);
    return weights && config.isWhole();
  }

  /**
   * The whole model: as the files beside the weights say, else as shapes imply.
   *
   * @throws UserError where the weights are of one tower
   */
  ModelDescription description() throws IOException {
    if (!map.isWhole()) {
      throw new UserError(
          "%s has the names of %s, one tower; this --format takes a whole model"
              .formatted(from, map.label()));
    }
    if (map != NameMap.WHOLE) {
      try (PublishedModel published = PublishedModel.described(from)) {
        return published.description();
      }
    }
    SourceConfig config = SourceConfig.of(from, map);
    if (isModelFolder(config)) {
      return ModelFolder.open(WeightsFiles.folder(from)).description();
    }
    Architecture architecture = new ShapeReader(from, tensors, config).architecture();
    return new ModelDescription(
        architecture,
        HALVES,
        HALVES,
        Resampling.BICUBIC,
        architecture.text().vocabulary().positions(),
        labels(architecture),
        Map.of("converted_from", from.getFileName().toString()));
  }

  /** The names of the model card's outputs, where there are as many. */
  private static Optional<LabelScheme> labels(Architecture architecture) {
    LabelScheme card = LabelSchemes.CARD;
    boolean fits =
        architecture.categories() == card.categories().size()
            && architecture.attributes() == card.attributeCount();
    return Optional.of(card).filter(scheme -> fits);
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
