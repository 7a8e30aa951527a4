package org.visionfashion.weights.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.model.Architecture;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.file.TorchWriter;
import org.visionfashion.weights.onnx.OnnxFolder;
import org.visionfashion.weights.onnx.Precision;
import org.visionfashion.weights.pretrained.NameMap;
import org.visionfashion.weights.pretrained.SourceConfig;
import org.visionfashion.weights.torchscript.DjlFolder;

/** Writes weights in another form; one tensor at a time stands in memory. */
public final class Conversion {

  private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);

  private static final String IMAGE = "image_encoder.";
  private static final String TEXT = "text_encoder.";
  static final Map<String, String> METADATA = Map.of("format", "pt");

  private final Source source;
  private final Path to;
  private final boolean half;

  private Conversion(Source source, Path to, boolean half) {
    this.source = source;
    this.to = to;
    this.half = half;
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
    try (Source source = Source.open(from, half)) {
      new Conversion(source, to, half).write(format);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(Format format) throws IOException {
    switch (format) {
      case SAFETENSORS -> writeFile(source.below(""));
      case TIMM -> writeFile(ForeignNames.told(NameMap.TIMM, source.below(IMAGE)));
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
        Family family = Family.of(source.description().architecture());
        writePublished(family, family == Family.CLIP ? NameMap.CLIP : NameMap.SIGLIP);
      }
    }
  }

  private void writePublished(Family family, NameMap names) throws IOException {
    PublishedFolder.write(source, to, family, names, half);
  }

  private void writeFile(Map<String, Tensor> wanted) throws IOException {
    AtomicFiles.replaceFile(to, file -> SafetensorsWriter.write(file, wanted, METADATA, half));
  }

  private void writeTorch() throws IOException {
    refuseHalf("a .pth");
    AtomicFiles.replaceFile(to, file -> TorchWriter.write(file, source.below("")));
  }

  private void refuseHalf(String what) {
    if (half) {
      throw new UserError(what + " is written in 32 bits; convert without --half");
    }
  }

  private void writeTower(String prefix) throws IOException {
    Map<String, Tensor> tower = source.below(prefix);
    ShapeReader shapes = source.shapes();
    String config =
        prefix.equals(IMAGE)
            ? HuggingFaceConfig.vit(shapes.image(), half)
            : HuggingFaceConfig.bert(shapes.text(), half);
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          Files.writeString(folder.resolve(ModelFolder.CONFIG), config);
          if (prefix.equals(TEXT)) {
            source.copyTokenizer(folder, TextCleaning.NONE);
          }
          SafetensorsWriter.write(folder.resolve(ModelFolder.WEIGHTS), tower, METADATA, half);
        });
  }

  private void writeFolder() throws IOException {
    if (!source.names().isWhole()) {
      throw new UserError(
          "%s has the names of %s; a folder takes a whole model: choose another --format"
              .formatted(source.path(), source.names().label()));
    }
    ModelDescription description = source.description();
    Map<String, Tensor> ownTensors =
        source.names() == NameMap.WHOLE
            ? source.below("")
            : source.whole(description.architecture());
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          ModelFolder.writeDescription(folder, description);
          source.copyOwnTokenizer(folder, description.cleaning());
          SafetensorsWriter.write(folder.resolve(ModelFolder.WEIGHTS), ownTensors, METADATA, half);
        });
  }

  private void writeOnnx(Precision precision) throws IOException {
    ModelDescription model = source.description();
    Architecture architecture = model.architecture();
    if (architecture.categories() + architecture.attributes() > 0 && !model.headsTrained()) {
      LOG.warn("Left out, for nobody has trained them: the heads of {}", source.path());
    }
    if (!HuggingFaceConfig.canPrepare(model)) {
      LOG.warn("No preprocessor_config.json: Hugging Face's processors prepare no such pictures");
    }
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          OnnxFolder.write(folder, model, source.whole(architecture), precision);
          ModelFolder.writeDescription(folder, model);
          source.copyTokenizer(folder, model.cleaning());
          if (HuggingFaceConfig.canPrepare(model)) {
            Files.writeString(
                folder.resolve(SourceConfig.PREPROCESSOR), HuggingFaceConfig.preprocessor(model));
          }
        });
  }

  private void writeTorchScript() throws IOException {
    refuseHalf("a TorchScript");
    ModelDescription model = source.description();
    Architecture architecture = model.architecture();
    if (architecture.categories() + architecture.attributes() > 0) {
      LOG.warn(
          "Left out, for DJL's translators give embeddings alone: the heads of {}", source.path());
    }
    AtomicFiles.replaceFolder(
        to,
        folder -> {
          DjlFolder.write(
              folder, model, source.whole(architecture), source.tokenizer(model.cleaning()));
          ModelFolder.writeDescription(folder, model);
        });
  }
}
