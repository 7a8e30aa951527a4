package org.visionfashion.weights.convert;

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
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelSchemes;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.TorchWriter;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.onnx.OnnxFolder;
import org.visionfashion.weights.onnx.Precision;
import org.visionfashion.weights.pretrained.NameMap;
import org.visionfashion.weights.pretrained.PublishedModel;
import org.visionfashion.weights.pretrained.RenamedTensors;
import org.visionfashion.weights.pretrained.SourceConfig;
import org.visionfashion.weights.torchscript.DjlFolder;

/** Writes weights in another form; one tensor at a time stands in memory. */
public final class Conversion {

  private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  private static final String WEIGHTS = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String LOG_SCALE = "logit_scale";
  private static final String LOGIT_BIAS = "logit_bias";
  private static final float LARGEST_HALF = 65504;
  private static final Map<String, String> METADATA = Map.of("format", "pt");
  private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);

  private final Path from;
  private final Path to;
  private final boolean half;
  private final NameMap map;
  private final Tensors tensors;

  private Conversion(Path from, Path to, boolean half, NameMap map, Tensors tensors) {
    this.from = from;
    this.to = to;
    this.half = half;
    this.map = map;
    this.tensors = tensors;
  }

  /**
   * Converts.
   *
   * @param from a file or folder in any form that can be read
   * @param to a file or folder that does not exist yet, in a folder that does
   * @param half whether numbers are written in 16 bits; not into a {@code .pth}
   * @throws UserError where {@code from} lacks what the format needs, or {@code to} exists
   */
  public static void run(Path from, Path to, Format format, boolean half) throws IOException {
    if (Files.exists(to)) {
      throw new UserError(to + " exists already; name another place");
    }
    Path parent = to.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      throw new UserError(to + " cannot be made: there is no folder " + parent);
    }
    try (Tensors file = WeightsFiles.open(from)) {
      NameMap map =
          NameMap.of(file.names())
              .orElseThrow(() -> new UserError(from + ": unrecognised tensor names"));
      String prefix =
          switch (map) {
            case HF_VIT, TIMM -> IMAGE;
            case HF_BERT -> TEXT;
            case WHOLE, CLIP, HF_CLIP, SIGLIP, HF_SIGLIP -> "";
          };
      RenamedTensors tensors = new RenamedTensors(file, map, prefix);
      new Conversion(from, to, half, map, tensors).write(format);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(Format format) throws IOException {
    switch (format) {
      case SAFETENSORS -> writeFile(below(""));
      case TIMM -> writeFile(renamed(NameMap.TIMM, below(IMAGE)));
      case PTH -> writeTorch();
      case HF_VIT -> writeTower(IMAGE);
      case HF_BERT -> writeTower(TEXT);
      case FOLDER -> writeFolder();
      case ONNX -> writeOnnx(half ? Precision.FP16 : Precision.FP32);
      case ONNX_INT8 -> {
        refuseHalf("an ONNX of 8-bit products");
        writeOnnx(Precision.INT8);
      }
      case TORCHSCRIPT -> writeTorchScript();
      case HF_CLIP -> writePublished(Family.CLIP, NameMap.HF_CLIP);
      case HF_SIGLIP -> writePublished(Family.SIGLIP, NameMap.HF_SIGLIP);
      case OPEN_CLIP -> {
        Family family = Family.of(description().architecture());
        writePublished(family, family == Family.CLIP ? NameMap.CLIP : NameMap.SIGLIP);
      }
    }
  }

  /** Tensors under other names; what these have no place for is told. */
  private Map<String, Tensor> renamed(NameMap names, Map<String, Tensor> own) {
    ForeignNames renamed = ForeignNames.of(names, own);
    if (!renamed.without().isEmpty()) {
      LOG.warn("Left out, for which {} has no name: {}", names.label(), renamed.without());
    }
    return renamed.tensors();
  }

  /** The tensors below a prefix, without it. */
  private Map<String, Tensor> below(String prefix) {
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
   * file, and a bias that a model does without is 0.
   */
  private Map<String, Tensor> whole(Architecture architecture) {
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
  private record Scalar(float value) implements Tensor {

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

  private void writeFile(Map<String, Tensor> wanted) throws IOException {
    AtomicFiles.replaceFile(to, file -> SafetensorsWriter.write(file, wanted, METADATA, half));
  }

  private void writeTorch() throws IOException {
    refuseHalf("a .pth");
    AtomicFiles.replaceFile(to, file -> TorchWriter.write(file, below("")));
  }

  private void refuseHalf(String what) {
    if (half) {
      throw new UserError(what + " is written in 32 bits; convert without --half");
    }
  }

  private void writeTower(String prefix) throws IOException {
    Map<String, Tensor> tower = below(prefix);
    ShapeReader shapes = new ShapeReader(from, tensors, SourceConfig.of(from, map));
    String config =
        prefix.equals(IMAGE)
            ? HuggingFaceConfig.vit(shapes.image(), half)
            : HuggingFaceConfig.bert(shapes.text(), half);
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          Files.writeString(folder.resolve(CONFIG), config);
          if (prefix.equals(TEXT)) {
            copyTokenizer(folder);
          }
          SafetensorsWriter.write(folder.resolve(WEIGHTS), tower, METADATA, half);
        });
  }

  private void writeFolder() throws IOException {
    if (!map.isWhole()) {
      throw new UserError(
          "%s has the names of %s; a folder takes a whole model: choose another --format"
              .formatted(from, map.label()));
    }
    ModelDescription description = description();
    Map<String, Tensor> ownTensors =
        map == NameMap.WHOLE ? below("") : whole(description.architecture());
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          ModelFolder.writeDescription(folder, description);
          copyTokenizer(folder);
          SafetensorsWriter.write(folder.resolve(WEIGHTS), ownTensors, METADATA, half);
        });
  }

  /** The folder of a published model, as other libraries read it. */
  private void writePublished(Family family, NameMap names) throws IOException {
    ModelDescription model = description();
    family.require(model.architecture(), from);
    Map<String, Tensor> own = whole(model.architecture());
    boolean openClip = names == NameMap.CLIP || names == NameMap.SIGLIP;
    if (names == NameMap.HF_SIGLIP) {
      own.computeIfAbsent(LOGIT_BIAS, absent -> new Scalar(0));
    } else if (names == NameMap.HF_CLIP && own.remove(LOGIT_BIAS) != null) {
      LOG.warn("Left out, for which {} has no name: {}", names.label(), LOGIT_BIAS);
    }
    Map<String, Tensor> weights = renamed(names, own);
    Map<String, String> files = new LinkedHashMap<>();
    if (openClip) {
      files.put(SourceConfig.OPEN_CLIP, OpenClipConfig.of(model));
    } else {
      files.put(
          CONFIG,
          family == Family.CLIP
              ? HuggingFaceConfig.clip(model.architecture(), half)
              : HuggingFaceConfig.siglip(model.architecture(), half));
      files.put(SourceConfig.PREPROCESSOR, HuggingFaceConfig.preprocessor(model));
    }
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
          }
          copyTokenizer(folder);
          if (!copySettings(folder) && family == Family.CLIP) {
            Files.writeString(
                folder.resolve(TokenizerFiles.SETTINGS), HuggingFaceConfig.clipTokenizer(model));
          }
          Path file = folder.resolve(openClip ? "open_clip_model.safetensors" : WEIGHTS);
          SafetensorsWriter.write(file, weights, METADATA, half);
        });
  }

  private void writeOnnx(Precision precision) throws IOException {
    ModelDescription model = description();
    Architecture architecture = model.architecture();
    if (architecture.categories() + architecture.attributes() > 0 && !model.headsTrained()) {
      LOG.warn("Left out, for nobody has trained them: the heads of {}", from);
    }
    if (!HuggingFaceConfig.canPrepare(model)) {
      LOG.warn("No preprocessor_config.json: Hugging Face's processors prepare no such pictures");
    }
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          OnnxFolder.write(folder, model, whole(architecture), precision);
          ModelFolder.writeDescription(folder, model);
          copyTokenizer(folder);
          if (HuggingFaceConfig.canPrepare(model)) {
            Files.writeString(
                folder.resolve(SourceConfig.PREPROCESSOR), HuggingFaceConfig.preprocessor(model));
          }
        });
  }

  private void writeTorchScript() throws IOException {
    refuseHalf("a TorchScript");
    ModelDescription model = description();
    Architecture architecture = model.architecture();
    if (architecture.categories() + architecture.attributes() > 0) {
      LOG.warn("Left out, for DJL's translators give embeddings alone: the heads of {}", from);
    }
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          DjlFolder.write(folder, model, whole(architecture), tokenizer());
          ModelFolder.writeDescription(folder, model);
        });
  }

  private void copyTokenizer(Path folder) throws IOException {
    Optional<byte[]> tokenizer = tokenizer();
    if (tokenizer.isPresent()) {
      Files.write(folder.resolve(TokenizerFiles.JSON), tokenizer.get());
    }
  }

  private Optional<byte[]> tokenizer() throws IOException {
    Optional<Path> file = TokenizerFiles.in(WeightsFiles.folder(from));
    return file.isEmpty() ? Optional.empty() : Optional.of(TokenizerFiles.json(file.get()));
  }

  /** What Python's tokenizers read beside the tokenizer; false where there is nothing. */
  private boolean copySettings(Path folder) throws IOException {
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
    boolean weights = Files.isDirectory(from) || from.getFileName().toString().equals(WEIGHTS);
    return weights && config.isWhole();
  }

  private ModelDescription description() throws IOException {
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
}
