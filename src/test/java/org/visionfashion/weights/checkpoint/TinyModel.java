package org.visionfashion.weights.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.LabelScheme.AttributeGroup;
import org.visionfashion.data.LabelScheme.Kind;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.engine.TestDevice;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Architecture.Similarity;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.EncoderLayer.Sizes;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.ParameterValues.Initial;
import org.visionfashion.nn.RandomValues;

/** A whole model that fits into a few kilobytes: pictures of 16 x 8 pixels, one layer a tower. */
public final class TinyModel {

  public static final LabelScheme SCHEME =
      new LabelScheme(
          "custom",
          List.of("dress", "trousers", "hat"),
          List.of(
              new AttributeGroup("sleeve", List.of("short", "long", "NA"), Kind.SHAPE, 2),
              new AttributeGroup("upper fabric", List.of("denim", "cotton"), Kind.TEXTURE, -1),
              new AttributeGroup("", List.of("red", "été: new"), Kind.TAGS, -1)));

  public static final List<String> CAPTIONS =
      List.of("a red dress", "blue denim trousers", "a hat, new", "long red dress of cotton");

  private static final int MAX_TOKENS = 9;

  private TinyModel() {}

  /** A description of a model with so many words. */
  public static ModelDescription description(int vocabulary, String stage) {
    return new ModelDescription(
        architecture(vocabulary, Pooling.CLS),
        List.of(0.5, 0.4, 0.3),
        List.of(0.25, 0.5, 0.3),
        Resampling.BILINEAR,
        MAX_TOKENS,
        Optional.of(SCHEME),
        Map.of("stage", stage, "version", "test \"1\""));
  }

  static Architecture architecture(int vocabulary, Pooling pooling) {
    return new Architecture(
        new Architecture.ImageTower(
            new PatchGrid(16, 8, 4),
            1,
            new Sizes(8, 2, 16, Activation.GELU, 1e-6, 0.1),
            new Architecture.Stem(true, true, false),
            pooling,
            Architecture.Projection.LINEAR),
        new Architecture.TextTower(
            Vocabulary.fresh(vocabulary, 10),
            1,
            new Sizes(12, 3, 16, Activation.GELU, 1e-12, 0.1),
            pooling),
        6,
        SCHEME.categories().size(),
        SCHEME.attributeCount(),
        Similarity.USUAL.withBias(true));
  }

  /** Large random numbers, biases and scales included, so that pictures and captions differ. */
  public static ParameterValues wide(long seed) {
    RandomValues values = new RandomValues(seed, 0.4);
    return (name, shape, initial) -> values.values(name, shape, Initial.TRUNCATED_NORMAL);
  }

  /** A checkpoint with random weights; the caller closes it. */
  public static Checkpoint checkpoint(long seed, String stage) {
    Tokenizer tokenizer = Tokenizer.of(WordPieceVocabulary.build(CAPTIONS, 200), MAX_TOKENS);
    ModelDescription description = description(tokenizer.vocabSize(), stage);
    DualEncoder model = new DualEncoder(description.architecture(), TestDevice.get(), wide(seed));
    return new Checkpoint(model, tokenizer, description);
  }
}
