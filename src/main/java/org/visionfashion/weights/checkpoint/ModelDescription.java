package org.visionfashion.weights.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.model.Architecture;

/**
 * What {@code config.json} of a checkpoint folder says.
 *
 * @param architecture all sizes
 * @param mean per-channel mean of RGB in [0, 1]
 * @param std per-channel standard deviation
 * @param resampling filter of the evaluation transform
 * @param resizeMode how it gives pictures the shape of the input
 * @param cleaning what is done to captions before the tokenizer reads them
 * @param maxTokens captions are cut to this many tokens
 * @param labels what the outputs of the heads are called; absent in a folder of bare tensors
 * @param provenance where the weights come from: version, configuration, data, step, time, machine
 */
public record ModelDescription(
    Architecture architecture,
    List<Double> mean,
    List<Double> std,
    Resampling resampling,
    ResizeMode resizeMode,
    TextCleaning cleaning,
    int maxTokens,
    Optional<LabelScheme> labels,
    Map<String, String> provenance) {

  /** What {@code provenance.stage} says of a model whose heads are still as they were born. */
  public static final String STAGE_ONE = "contrastive";

  /** A model whose input pictures cover and whose captions are read as they are. */
  public ModelDescription(
      Architecture architecture,
      List<Double> mean,
      List<Double> std,
      Resampling resampling,
      int maxTokens,
      Optional<LabelScheme> labels,
      Map<String, String> provenance) {
    this(
        architecture,
        mean,
        std,
        resampling,
        ResizeMode.SHORTEST,
        TextCleaning.NONE,
        maxTokens,
        labels,
        provenance);
  }

  /** Whether stage two, or somebody else, has trained the heads. */
  public boolean headsTrained() {
    return !STAGE_ONE.equals(provenance.get("stage"));
  }

  /** How long the texts of a batch are made: SigLIP reads its padding. */
  public Tokenizer.Length textLength() {
    return architecture.text().pooling() == Pooling.LAST
        ? Tokenizer.Length.LIMIT
        : Tokenizer.Length.LONGEST;
  }

  /** The same model with pictures given the input's shape in another way. */
  public ModelDescription withResizeMode(ResizeMode mode) {
    return new ModelDescription(
        architecture, mean, std, resampling, mode, cleaning, maxTokens, labels, provenance);
  }

  /** The same model with another origin. */
  public ModelDescription withProvenance(Map<String, String> origin) {
    return new ModelDescription(
        architecture, mean, std, resampling, resizeMode, cleaning, maxTokens, labels, origin);
  }
}
