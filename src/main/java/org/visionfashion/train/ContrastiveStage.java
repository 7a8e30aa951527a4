package org.visionfashion.train;

import ai.djl.Device;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.ContrastiveConfig;
import org.visionfashion.config.ModelConfig;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.ObjectiveConfig.Loss;
import org.visionfashion.config.ObjectiveConfig.MultiPositive;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.EvalTransform;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.data.text.TextCleaning;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Embedder;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.Architecture.Vocabulary;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.ParameterValues;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.Validation.Blocks;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.pretrained.InitialWeights;
import org.visionfashion.weights.pretrained.PublishedModel;

/**
 * Stage one: both towers and projections, from random or published weights, on captioned pictures.
 */
public final class ContrastiveStage {

  /** How many pictures tell what is typical, and which share of one is much to lose. */
  private static final int LOOKED_AT = 50;

  private static final double MUCH = 0.25;

  /** Of a published model the one key that a user may choose. */
  private static final String RESIZE_MODE = "resize_mode";

  private static final Logger LOG = LoggerFactory.getLogger(ContrastiveStage.class);

  /** The name of the drawn data set, which is made for random weights. */
  private static final String DEMO = "demo";

  /** So many training pictures are asked whether their captions are cut. */
  private static final int MEASURED = 10_000;

  /** A floor of the loss is told from this share of its value at chance on. */
  private static final double NOTABLE = 0.1;

  private final TrainingRun run;
  private final ContrastiveConfig config;

  public ContrastiveStage(TrainingRun run) {
    this.run = run;
    this.config = run.config().contrastive();
  }

  /**
   * Trains to the end or to an interruption; a finished stage leaves the run's model folder.
   *
   * <p>Where a start begins is decided in this order: a state of this run, if there is one, is put
   * over all weights by the loop ({@link StateFolder#restore}), and the run is resumed; else the
   * model or run that {@code model.init} names; else the weights that {@code model.image.init} and
   * {@code model.text.init} name; else random weights by {@code run.seed}.
   */
  public TrainingLoop.End train() throws IOException {
    Examples train = run.trainExamples(TrainingRun.Need.CAPTION);
    Examples validation = run.validationExamples(TrainingRun.Need.CAPTION);
    Blocks blocks = Blocks.of(validation);
    if (config.averageWithStart() && validation.isEmpty()) {
      throw new UserError(
          "contrastive.average_with_start chooses by the validation split, and the data have none:"
              + " see data.validation");
    }
    ObjectiveConfig pairs = run.pairs();
    logRepeatedCaptions(train, pairs);
    try (Checkpoint checkpoint = newborn(train)) {
      logCutPictures(train, checkpoint.transform());
      Embedder embedder = run.embedder(checkpoint);
      Set<String> frozen =
          Frozen.names("contrastive", config.optimizer().rates(), checkpoint.model());
      try (BatchLoss<DeviceBatch> batchLoss =
              run.loss(
                  checkpoint,
                  model -> Frozen.without(frozen, new ContrastiveObjective(model, pairs), model),
                  config.microBatch());
          PixelFeed feed =
              run.trainFeed(checkpoint, train, config.batch(), config.augment(), true);
          PixelFeed validationFeed = run.validationFeed(checkpoint, blocks)) {
        return StageRunner.run(
            run,
            checkpoint,
            batchLoss,
            feed,
            run.validation(batchLoss, validationFeed, blocks, () -> embedder.table(validation)),
            run.settings(
                "contrastive",
                config.epochs(),
                config.optimizer(),
                new TrainingLoop.Start(
                    !run.config().model().init().isAllRandom(), config.averageWithStart()),
                config.patience()),
            run.folder().contrastive());
      }
    }
  }

  /**
   * A new model: towers and vocabulary from where the configuration says, else random weights and a
   * vocabulary made of the training captions.
   */
  private Checkpoint newborn(Examples train) throws IOException {
    ModelConfig sizes = run.config().model();
    try (InitialWeights start = InitialWeights.open(sizes.init(), run.weights())) {
      Tokenizer tokenizer =
          start.tokenizer(sizes.text().maxTokens()).orElseGet(() -> tokenizer(train));
      logCutCaptions(train, tokenizer);
      return orClosed(tokenizer, () -> checkpoint(start, tokenizer));
    }
  }

  /** Makes a checkpoint. */
  interface Building {
    Checkpoint build() throws IOException;
  }

  /** Builds what owns a tokenizer; where that fails nobody does, and it is closed. */
  static Checkpoint orClosed(Tokenizer tokenizer, Building building) throws IOException {
    try {
      return building.build();
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private Checkpoint checkpoint(InitialWeights start, Tokenizer tokenizer) throws IOException {
    ModelDescription description = description(start, tokenizer);
    logStart(start);
    return new Checkpoint(model(description, start), tokenizer, description);
  }

  /** What was taken from where, and what of the configuration does not count beside it. */
  private void logPublished(PublishedModel whole) {
    ModelConfig config = run.config().model();
    whole.taken().forEach(line -> LOG.info("{}", line));
    Map<String, Object> stated = config.stated();
    if (stated.remove(RESIZE_MODE) != null) {
      LOG.info("Pictures are prepared by model.resize_mode = {}", lower(config.resizeMode()));
    }
    if (!stated.isEmpty()) {
      LOG.info(
          "Not used, since model.init is a whole published model: {}",
          stated.entrySet().stream()
              .map(each -> "model." + each.getKey() + " = " + each.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  /** Fashion pictures are tall, and the middle of one has neither head nor shoes. */
  private void logCutPictures(Examples train, EvalTransform transform) {
    int step = Math.max(1, train.size() / LOOKED_AT);
    double[] cut =
        IntStream.iterate(0, i -> i < train.size(), i -> i + step)
            .limit(LOOKED_AT)
            .mapToObj(i -> cutOff(train.get(i), transform))
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    if (cut.length > 0 && cut[cut.length / 2] > MUCH) {
      LOG.warn(
          String.format(
              Locale.ROOT,
              "%.0f %% of a typical picture is cut off, as the model's input is %d x %d"
                  + " (model.resize_mode: longest adds black instead, squash changes the shape)",
              100 * cut[cut.length / 2],
              transform.height(),
              transform.width()));
    }
  }

  /** Decoded as coarsely as can be: only its size is looked at. */
  private OptionalDouble cutOff(Example example, EvalTransform transform) {
    try {
      PixelRows picture =
          PixelSource.files(run.config().data().limits()).pixels(example, (w, h) -> 8);
      return OptionalDouble.of(transform.cutOff(picture.width(), picture.height()));
    } catch (IOException e) {
      return OptionalDouble.empty(); // the loader says what is wrong with it
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void logStart(InitialWeights start) throws IOException {
    if (run.states(run.folder().contrastive()).progress().step() > 0) {
      return; // the state goes over these weights
    }
    start.published().ifPresent(this::logPublished);
    start
        .files()
        .forEach(file -> LOG.info("Starting from {} ({})", file.path(), file.description()));
    if (start.files().isEmpty()
        && start.published().isEmpty()
        && !run.dataset().name().equals(DEMO)) {
      LOG.info(
          "Both towers start from random weights: good scores then need hundreds of thousands of"
              + " pairs and hours; configs/demo-minilm.yaml starts from published weights");
    }
  }

  /**
   * Equal captions of a batch: what becomes of them, and what it costs where they are negatives.
   */
  private void logRepeatedCaptions(Examples train, ObjectiveConfig pairs) {
    int captions = train.captionCount();
    if (captions > train.size()) {
      LOG.info(
          String.format(
              Locale.ROOT,
              "%,d training pictures with %,d captions: each epoch draws one for each picture",
              train.size(),
              captions));
    }
    int repeated = run.dataset().split(Split.TRAIN).repeatedCaptions();
    if (repeated == 0) {
      return;
    }
    boolean positives = pairs.multiPositive() == MultiPositive.TRUE;
    LOG.info(
        String.format(
            Locale.ROOT,
            "%.1f %% of the training pictures share a caption with another; such pairs %s"
                + " (contrastive.multi_positive = %s%s)",
            100.0 * repeated / train.size(),
            positives
                ? "do not count as negatives of each other"
                : "count as negatives of each other",
            positives,
            config.objective().multiPositive() == MultiPositive.AUTO && positives
                ? ", as the captions are class names"
                : ""));
    int batch = Math.min(config.batch(), train.size());
    double floor = CaptionFloor.of(train.captionCounts(), batch);
    if (!positives && pairs.loss() == Loss.INFONCE && floor > NOTABLE * Math.log(batch)) {
      LOG.warn(
          String.format(
              Locale.ROOT,
              "The loss cannot fall below %.2f (chance is %.2f): batches of %d hold the same caption"
                  + " more than once; contrastive.multi_positive: true takes that away",
              floor,
              Math.log(batch),
              batch));
    }
  }

  /** The text tower does not read what is behind the limit; of large data a sample is measured. */
  private static void logCutCaptions(Examples train, Tokenizer tokenizer) {
    int step = 1 + (train.size() - 1) / MEASURED;
    int measured = 0;
    int cut = 0;
    for (int i = 0; i < train.size(); i += step) {
      List<String> captions = train.get(i).captions();
      measured += captions.size();
      cut += tokenizer.cut(captions);
    }
    if (cut > 0) {
      LOG.warn(
          String.format(
              Locale.ROOT,
              "model.text.max_tokens = %d cuts %,d of %,d%s training captions (%.1f %%); what is"
                  + " behind the limit is not read",
              tokenizer.maxTokens(),
              cut,
              measured,
              step > 1 ? " sampled" : "",
              100.0 * cut / measured));
    }
  }

  private ModelDescription description(InitialWeights start, Tokenizer tokenizer) {
    ModelConfig sizes = run.config().model();
    LabelScheme scheme = run.dataset().scheme();
    boolean bias = config.objective().loss() == Loss.SIGMOID;
    if (start.published().isPresent()) {
      ModelDescription whole = start.published().get().description(Optional.of(scheme), bias);
      return sizes.stated().containsKey(RESIZE_MODE)
          ? whole.withResizeMode(sizes.resizeMode())
          : whole;
    }
    Vocabulary vocabulary =
        start
            .vocabulary()
            .orElseGet(() -> Vocabulary.fresh(tokenizer.vocabSize(), tokenizer.maxTokens()));
    requireRoom(tokenizer, vocabulary);
    Architecture architecture =
        Architecture.of(
            sizes,
            vocabulary,
            scheme.categories().size(),
            scheme.attributeCount(),
            config.objective());
    return new ModelDescription(
        architecture,
        sizes.mean(),
        sizes.std(),
        sizes.resampling(),
        sizes.resizeMode(),
        TextCleaning.NONE,
        sizes.text().maxTokens(),
        Optional.of(scheme),
        Map.of("stage", ModelDescription.STAGE_ONE));
  }

  /** A pretrained tower has as many positions and words as it was trained with. */
  private static void requireRoom(Tokenizer tokenizer, Vocabulary vocabulary) {
    if (tokenizer.maxTokens() > vocabulary.positions()) {
      throw new UserError(
          "model.text.max_tokens = %d is more than the %d positions of the text tower"
              .formatted(tokenizer.maxTokens(), vocabulary.positions()));
    }
    if (tokenizer.vocabSize() > vocabulary.tokens()) {
      throw new UserError(
          "the tokenizer has %d tokens, the text tower %d: they do not belong together"
              .formatted(tokenizer.vocabSize(), vocabulary.tokens()));
    }
  }

  private Tokenizer tokenizer(Examples train) {
    ModelConfig.TextEncoderConfig text = run.config().model().text();
    WordPieceVocabulary words = WordPieceVocabulary.build(train.captions(), text.vocabSize());
    return Tokenizer.of(words, text.maxTokens());
  }

  private DualEncoder model(ModelDescription description, InitialWeights start) throws IOException {
    List<Device> devices = run.devices();
    Architecture architecture = description.architecture();
    int width = Math.min(architecture.image().hidden(), architecture.text().hidden());
    ParameterValues values =
        start.values(description, RandomValues.forWidth(run.config().run().seed(), width));
    DualEncoder model = new DualEncoder(architecture, devices.get(0), values);
    if (start.published().isEmpty()) { // a published model has learnt its own
      float logScale = (float) Math.log(1 / config.objective().temperature());
      model.operations().assign(model.logScale(), new float[] {logScale});
    }
    LOG.info(
        "Model: {} parameters, vocabulary {}, on {}",
        String.format("%,d", model.parameterCount()),
        architecture.text().vocabulary().tokens(),
        Machine.describe(devices));
    return model;
  }
}
