package org.visionfashion.weights.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.AtomicFiles;
import org.visionfashion.base.UserError;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.SafetensorsWriter;
import org.visionfashion.weights.file.SafetensorsWriter.Tensor;
import org.visionfashion.weights.pretrained.NameMap;
import org.visionfashion.weights.pretrained.SourceConfig;

/** The folder of a CLIP or SigLIP, as Hugging Face's library and open_clip read it. */
final class PublishedFolder {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedFolder.class);
  private static final String LOGIT_BIAS = "logit_bias";

  private PublishedFolder() {}

  /**
   * Writes one.
   *
   * @throws UserError where the model is not of the family, or cannot be said in its configuration
   */
  static void write(Source source, Path to, Family family, NameMap names, boolean half)
      throws IOException {
    ModelDescription model = source.description();
    family.require(model.architecture(), source.path());
    Map<String, Tensor> own = source.whole(model.architecture());
    boolean openClip = names == NameMap.CLIP || names == NameMap.SIGLIP;
    if (names == NameMap.HF_SIGLIP) {
      own.computeIfAbsent(LOGIT_BIAS, absent -> new Source.Scalar(0));
    } else if (names == NameMap.HF_CLIP && own.remove(LOGIT_BIAS) != null) {
      LOG.warn("Left out, for which {} has no name: {}", names.label(), LOGIT_BIAS);
    }
    Map<String, Tensor> weights = ForeignNames.told(names, own);
    Map<String, String> files = new LinkedHashMap<>();
    if (openClip) {
      files.put(SourceConfig.OPEN_CLIP, OpenClipConfig.of(model));
    } else {
      files.put(
          ModelFolder.CONFIG,
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
          source.copyTokenizer(folder, model.cleaning());
          if (!source.copySettings(folder) && family == Family.CLIP) {
            Files.writeString(
                folder.resolve(TokenizerFiles.SETTINGS), HuggingFaceConfig.clipTokenizer(model));
          }
          Path file =
              folder.resolve(openClip ? "open_clip_model.safetensors" : ModelFolder.WEIGHTS);
          SafetensorsWriter.write(file, weights, Conversion.METADATA, half);
        });
  }
}
