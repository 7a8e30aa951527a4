package org.visionfashion.train;

import ai.djl.Device;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.ContrastiveConfig;
import org.visionfashion.config.ModelConfig;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.Split;
import org.visionfashion.data.text.Tokenizer;
import org.visionfashion.data.text.WordPieceVocabulary;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Embedder;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.weights.Checkpoint;
import org.visionfashion.weights.ModelDescription;

/** Stage one: both towers and projections, from random weights, on pictures with captions. */
public final class ContrastiveStage {

  private static final Logger LOG = LoggerFactory.getLogger(ContrastiveStage.class);

  private final TrainingRun run;
  private final ContrastiveConfig config;

  public ContrastiveStage(TrainingRun run) {
    this.run = run;
    this.config = run.config().contrastive();
  }

  /** Trains to the end or to an interruption; a finished stage leaves the run's model folder. */
  public TrainingLoop.End train() throws IOException {
    List<Example> train = run.examples(Split.TRAIN, TrainingRun.Need.CAPTION);
    List<Example> validation = run.examples(Split.VALIDATION, TrainingRun.Need.CAPTION);
    try (Checkpoint checkpoint = newborn(train)) {
      ContrastiveObjective objective =
          new ContrastiveObjective(checkpoint.model(), config.learnableTemperature());
      Embedder embedder =
          new Embedder(checkpoint, run.config().eval().batch(), run.config().data());
      try (PixelFeed feed =
              run.trainFeed(checkpoint, train, config.batch(), config.augment(), true);
          PixelFeed held = run.validationFeed(checkpoint, validation, config.batch())) {
        Validator<?> validator =
            new Validator<>(
                checkpoint.model(),
                objective,
                held,
                () -> embedder.table(validation),
                run.dataset().scheme());
        return StageRunner.run(
            run,
            checkpoint,
            objective,
            feed,
            validator,
            run.settings("contrastive", config.epochs(), config.optimizer(), config.patience()),
            run.folder().contrastive());
      }
    }
  }

  /** A model with random weights and a vocabulary made of the training captions. */
  private Checkpoint newborn(List<Example> train) {
    ModelConfig sizes = run.config().model();
    List<String> captions = train.stream().map(Example::caption).toList();
    Tokenizer tokenizer =
        Tokenizer.of(
            WordPieceVocabulary.build(captions, sizes.text().vocabSize()),
            sizes.text().maxTokens());
    LabelScheme scheme = run.dataset().scheme();
    Architecture architecture =
        Architecture.of(
            sizes,
            tokenizer.vocabSize(),
            scheme.categories().size(),
            scheme.attributeCount(),
            config.temperature());
    Device device = Machine.bestDevice();
    int width = Math.min(architecture.image().hidden(), architecture.text().hidden());
    RandomValues values = RandomValues.forWidth(run.config().run().seed(), width);
    DualEncoder model = new DualEncoder(architecture, device, values);
    float logScale = (float) Math.log(1 / config.temperature());
    model.operations().assign(model.logScale(), new float[] {logScale});
    LOG.info(
        "Model: {} parameters, vocabulary {}, on {}",
        String.format("%,d", model.parameterCount()),
        tokenizer.vocabSize(),
        Machine.describe(device));
    ModelDescription description =
        new ModelDescription(
            architecture,
            sizes.mean(),
            sizes.std(),
            sizes.resampling(),
            sizes.text().maxTokens(),
            Optional.of(scheme),
            Map.of("stage", ModelDescription.STAGE_ONE));
    return new Checkpoint(model, tokenizer, description);
  }
}
