package org.visionfashion.weights.torchscript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;

/**
 * The towers as two folders that DJL's {@code Criteria} and DJL Serving load: {@code vision_model}
 * takes pictures of any size, one at a time or of one size together, {@code text_model} texts; both
 * give embeddings of length 1. The translators are DJL's own.
 */
public final class DjlFolder {

  public static final String VISION = "vision_model";
  public static final String TEXT = "text_model";

  private static final Logger LOG = LoggerFactory.getLogger(DjlFolder.class);

  private DjlFolder() {}

  /**
   * Writes both into a folder.
   *
   * @param weights of the whole model by its names, read one at a time
   * @param tokenizer the text of {@code tokenizer.json}, without which texts come as ids
   */
  public static void write(
      Path folder, ModelDescription model, Map<String, Tensor> weights, Optional<byte[]> tokenizer)
      throws IOException {
    Path vision = Files.createDirectory(folder.resolve(VISION));
    TowerScript.image(model, weights).write(vision.resolve(VISION + ".pt"));
    write(vision, imageProperties(model));
    Path text = Files.createDirectory(folder.resolve(TEXT));
    TowerScript.text(model.architecture(), weights).write(text.resolve(TEXT + ".pt"));
    if (tokenizer.isPresent()) {
      Files.write(text.resolve(TokenizerFiles.JSON), tokenizer.get());
      write(text, textProperties(model));
    } else {
      LOG.warn("No tokenizer lies beside the weights: {} takes ids, not texts", TEXT);
      write(text, List.of("engine=PyTorch", "option.modelName=" + TEXT));
    }
  }

  private static void write(Path folder, List<String> properties) throws IOException {
    Files.writeString(folder.resolve("serving.properties"), String.join("\n", properties) + "\n");
  }

  private static List<String> imageProperties(ModelDescription model) {
    Stream<Double> numbers = Stream.concat(model.mean().stream(), model.std().stream());
    return List.of(
        "engine=PyTorch",
        "option.modelName=" + VISION,
        "translatorFactory=ai.djl.modality.cv.translator.ImageFeatureExtractorFactory",
        "toTensor=true",
        "normalize=" + String.join(",", numbers.map(String::valueOf).toList()));
  }

  private static List<String> textProperties(ModelDescription model) {
    boolean full = model.textLength() == Tokenizer.Length.LIMIT;
    return List.of(
        "engine=PyTorch",
        "option.modelName=" + TEXT,
        "translatorFactory=ai.djl.huggingface.translator.TextEmbeddingTranslatorFactory",
        "pooling=cls",
        "normalize=false",
        "padding=" + (full ? "max_length" : "true"),
        "truncation=true",
        "maxLength=" + model.maxTokens());
  }
}
