package org.visionfashion.weights.pretrained;

import ai.djl.Device;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.visionfashion.base.UserError;
import org.visionfashion.config.InitConfig.InitActivation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.TokenizerFiles;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.ParameterValues.Values;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.checkpoint.ModelFolder;
import org.visionfashion.weights.file.JsonFile;
import org.visionfashion.weights.file.Misfits;
import org.visionfashion.weights.file.Tensors;
import org.visionfashion.weights.file.WeightsFiles;
import org.visionfashion.weights.pretrained.Pretrained.Part;

/**
 * A whole CLIP or SigLIP as its authors published it: weights, configuration and tokenizer, all of
 * which say what it is. Nothing of it is typed by hand.
 */
public final class PublishedModel implements Closeable {

  private final Path place;
  private final Pretrained weights;
  private final PublishedConfig config;
  private final Optional<Path> tokenizer;
  private final int endOfText;

  private PublishedModel(
      Path place,
      Pretrained weights,
      PublishedConfig config,
      Optional<Path> tokenizer,
      int endOfText) {
    this.place = place;
    this.weights = weights;
    this.config = config;
    this.tokenizer = tokenizer;
    this.endOfText = endOfText;
  }

  /** Whether a folder or file holds weights of such a model, by the names of the tensors. */
  public static boolean isOne(Path place) throws IOException {
    if (!holdsWeights(place) || isOwn(place)) {
      return false;
    }
    try (Tensors file = WeightsFiles.open(place)) {
      return NameMap.of(file.names())
          .filter(names -> names.isWhole() && names != NameMap.WHOLE)
          .isPresent();
    }
  }

  private static boolean holdsWeights(Path place) {
    return Files.isRegularFile(place)
        || WeightsFiles.NAMES.stream().anyMatch(name -> Files.isRegularFile(place.resolve(name)));
  }

  /** A checkpoint folder of this project. */
  private static boolean isOwn(Path folder) throws IOException {
    Path file = folder.resolve(ModelFolder.CONFIG);
    return Files.isRegularFile(file) && JsonFile.read(file).has("image_encoder");
  }

  /**
   * Opens one.
   *
   * @throws UserError where its configuration or tokenizer is missing, or does not fit the weights
   */
  public static PublishedModel open(Path place) throws IOException {
    return open(place, InitActivation.STATED);
  }

  /**
   * The same of one beside whose weights nothing may lie.
   *
   * @param activation what the user says of it
   */
  public static PublishedModel open(Path place, InitActivation activation) throws IOException {
    PublishedModel model = described(place, activation);
    if (model.tokenizer.isEmpty()) {
      model.close();
      throw new UserError(
          WeightsFiles.folder(place)
              + " has no tokenizer.json, nor vocab.json with merges.txt; put there the one that the"
              + " model was trained with");
    }
    return model;
  }

  /**
   * The same of one that will read no texts: its tokenizer may be missing.
   *
   * @throws UserError as {@link #open}
   */
  public static PublishedModel described(Path place) throws IOException {
    return described(place, InitActivation.STATED);
  }

  private static PublishedModel described(Path place, InitActivation activation)
      throws IOException {
    Pretrained weights = Pretrained.open(place, Part.WHOLE);
    try {
      Path folder = WeightsFiles.folder(place);
      PublishedConfig config = PublishedConfig.of(place, weights, activation);
      Optional<Path> tokenizer = TokenizerFiles.in(folder);
      requireFit(weights, config.architecture());
      return new PublishedModel(place, weights, config, tokenizer, endOfText(config, tokenizer));
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static void requireFit(Pretrained weights, Architecture architecture) {
    Misfits misfits = new Misfits();
    Map<String, long[]> shapes = DualEncoder.shapes(architecture);
    shapes.forEach(
        (name, shape) -> {
          if (!weights.tensors().names().contains(name)) {
            misfits.missing(weights.path(), name, shape);
          } else if (!weights.tensors().isShaped(name, shape)) {
            misfits.shape(weights.path(), weights.tensors().inFile(name), shape);
          }
        });
    for (String name : weights.tensors().names()) {
      if (!shapes.containsKey(name)) {
        misfits.unexpected(weights.path(), weights.tensors().inFile(name));
      }
    }
    misfits.refuse("the weights do not fit the configuration beside them");
  }

  /** What ends a text is what the tokenizer puts there; configurations are wrong about it. */
  private static int endOfText(PublishedConfig config, Optional<Path> tokenizer) {
    Architecture.TextTower text = config.architecture().text();
    if (text.pooling() != Pooling.END_OF_TEXT || tokenizer.isEmpty()) {
      return text.vocabulary().endOfText();
    }
    try (Tokenizer whole = Tokenizer.open(tokenizer.get(), text.vocabulary().positions())) {
      long[] ids = whole.encode(List.of("a")).ids_BL();
      return (int) ids[ids.length - 1];
    }
  }

  /** The files' own description, without heads. */
  public ModelDescription description() {
    return description(Optional.empty(), config.architecture().similarity().bias());
  }

  /**
   * The same with heads for the labels of a data set.
   *
   * @param bias whether logits have a bias
   */
  public ModelDescription description(Optional<LabelScheme> labels, boolean bias) {
    Architecture stated = config.architecture();
    Architecture.TextTower text = stated.text();
    Architecture.Vocabulary vocabulary =
        new Architecture.Vocabulary(
            text.vocabulary().tokens(),
            text.vocabulary().positions(),
            text.vocabulary().tokenTypes(),
            endOfText);
    return new ModelDescription(
        new Architecture(
            stated.image(),
            new Architecture.TextTower(
                vocabulary,
                text.layers(),
                text.layer(),
                text.style(),
                text.pooling(),
                text.projection()),
            stated.embeddingSize(),
            labels.map(scheme -> scheme.categories().size()).orElse(0),
            labels.map(LabelScheme::attributeCount).orElse(0),
            stated.similarity().withBias(bias)),
        config.pictures().mean(),
        config.pictures().std(),
        config.pictures().resampling(),
        config.pictures().resizeMode(),
        cleaning(),
        text.vocabulary().positions(),
        labels,
        Map.of("stage", ModelDescription.STAGE_ONE, "start", place.toString()));
  }

  private TextCleaning cleaning() {
    return tokenizer.map(config::cleaning).orElse(TextCleaning.NONE);
  }

  /**
   * The tokenizer, for texts of at most the context's length.
   *
   * @throws UserError where it has tokens that the model has no row for
   */
  public Tokenizer tokenizer() {
    Tokenizer words = tokenizerOf(description(), tokenizer.orElseThrow());
    int rows = config.architecture().text().vocabulary().tokens();
    if (words.vocabSize() > rows) {
      words.close();
      throw new UserError(
          "%s has %d tokens, the model %d: they do not belong together"
              .formatted(tokenizer.get(), words.vocabSize(), rows));
    }
    return words;
  }

  /** A tokenizer as a model's text tower wants it. */
  static Tokenizer tokenizerOf(ModelDescription model, Path file) {
    return Tokenizer.open(file, model.maxTokens(), model.textLength(), model.cleaning());
  }

  /**
   * The first values of its parameters.
   *
   * @param others of all that it does not have, a head for example
   */
  public ParameterValues values(ParameterValues others) {
    return (name, shape, initial) ->
        weights.tensors().names().contains(name)
            ? values(name)
            : others.values(name, shape, initial);
  }

  private Values values(String name) {
    return memory -> {
      try {
        weights.tensors().values(name).writeTo(memory);
      } catch (UncheckedIOException e) {
        throw new UserError(place + ": cannot be read: " + e.getMessage(), e);
      }
    };
  }

  /** The model as it was published, to be used as it is. */
  public Checkpoint checkpoint(Device device) {
    Tokenizer words = tokenizer();
    try {
      return new Checkpoint(load(device), words, description());
    } catch (RuntimeException e) {
      words.close();
      throw e;
    }
  }

  /** Builds the model with its weights. */
  public DualEncoder load(Device device) {
    return new DualEncoder(
        description().architecture(),
        device,
        values(
            (name, shape, initial) -> {
              throw new IllegalStateException("not in the file: " + name);
            }));
  }

  /** What was taken from where, a line each. */
  public List<String> taken() {
    Architecture a = config.architecture();
    String file = config.file().getFileName().toString();
    List<String> lines = new ArrayList<>();
    lines.add(line("names", weights.map().label(), place.toString()));
    lines.add(
        line(
            "image tower",
            "%d x %d, patch %d, width %d, %d layers, %d heads, %s, %s pooling"
                .formatted(
                    a.image().height(),
                    a.image().width(),
                    a.image().patch(),
                    a.image().hidden(),
                    a.image().layers(),
                    a.image().heads(),
                    lower(a.image().layer().activation()),
                    lower(a.image().pooling())),
            file));
    lines.add(
        line(
            "text tower",
            "context %d, width %d, %d layers, %d heads, %s, %s pooling"
                .formatted(
                    a.text().vocabulary().positions(),
                    a.text().hidden(),
                    a.text().layers(),
                    a.text().heads(),
                    lower(a.text().layer().activation()),
                    lower(a.text().pooling())),
            file));
    if (config.isImplied()) {
      lines.add(
          line("by shapes", "sizes; heads are width / 64, as OpenAI's and open_clip's", file));
      lines.add(line("activation", lower(a.image().layer().activation()), "model.init_activation"));
    }
    lines.add(line("embedding", Integer.toString(a.embeddingSize()), file));
    PublishedConfig.Pictures pictures = config.pictures();
    lines.add(
        line(
            "pictures",
            "%s, %s, mean %s, deviation %s"
                .formatted(
                    lower(pictures.resizeMode()),
                    lower(pictures.resampling()),
                    pictures.mean(),
                    pictures.std()),
            pictures.from()));
    if (config.isPreparedAsAnotherFamily()) {
      lines.add(
          line(
              "caution",
              "mean and deviation are those of OpenAI's CLIP; SigLIP was trained with 0.5, squash:"
                  + " correct preprocess_cfg",
              pictures.from()));
    }
    tokenizer.ifPresent(
        words ->
            lines.add(
                line(
                    "words",
                    "%,d%s"
                        .formatted(
                            a.text().vocabulary().tokens(),
                            cleaning() == TextCleaning.NONE
                                ? ""
                                : ", texts cleaned first: " + lower(cleaning())),
                    words.getFileName().toString())));
    return lines;
  }

  private static String line(String what, String value, String from) {
    return String.format(Locale.ROOT, "%-12s %s (%s)", what, value, from);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }
}
