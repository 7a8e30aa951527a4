package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.FinetuneConfig;
import org.visionfashion.config.FinetuneConfig.Encoders;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.LabelScheme;
import org.visionfashion.data.loader.BatchPlan;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.train.Validation.Blocks;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;

/**
 * Stage two: the heads on top of stage one. Frozen towers: their features are computed once and the
 * stage takes seconds. Trainable towers: a loss of pairs with a weight keeps retrieval alive.
 */
public final class FinetuneStage {

  private static final Logger LOG = LoggerFactory.getLogger(FinetuneStage.class);

  private final TrainingRun run;
  private final FinetuneConfig config;

  public FinetuneStage(TrainingRun run) {
    this.run = run;
    this.config = run.config().finetune();
  }

  /**
   * Before stage one too: what stage two lacks is no news for hours later.
   *
   * @throws UserError where the data have neither categories nor attributes
   */
  static void requireLabels(Dataset dataset) {
    LabelScheme scheme = dataset.scheme();
    if (scheme.categories().isEmpty() && scheme.attributeCount() == 0) {
      throw new UserError(
          dataset.root()
              + ": stage two needs categories or attributes, and the data have neither;"
              + " ./train contrastive trains without");
    }
  }

  /**
   * Trains to the end or to an interruption; a finished stage renews the run's model folder. A
   * state of this stage, if there is one, goes over the best weights of stage one.
   */
  public TrainingLoop.End train() throws IOException {
    requireLabels(run.dataset());
    LabelScheme scheme = run.dataset().scheme();
    StateFolder stageOne = run.states(run.folder().contrastive());
    stageOne.requireSameData();
    try (Checkpoint opened = Checkpoint.open(run.folder().model(), run.devices().get(0))) {
      requireSameLabels(opened.description(), scheme);
      // Stage two may have been done before: it begins where stage one ended.
      stageOne.restoreResult(opened.model());
      Checkpoint checkpoint =
          opened.as(opened.description().withProvenance(Map.of("stage", "finetune")));
      Embedder embedder = run.embedder(checkpoint);
      return config.encoders() == Encoders.FROZEN
          ? trainHeads(checkpoint, embedder)
          : trainAll(checkpoint, embedder);
    } catch (StoppedException beforeTheFirstStep) {
      return TrainingLoop.End.INTERRUPTED;
    }
  }

  /** The heads are as wide as stage one's labels, and their outputs are called as these are. */
  private void requireSameLabels(ModelDescription model, LabelScheme scheme) {
    LabelScheme before = model.labels().orElse(scheme);
    if (!before.equals(scheme)) {
      throw new UserError(
          ("%s: the labels have changed since stage one (%d categories and %d attributes, now %d"
                  + " and %d): restore them, or begin another run with --run NAME")
              .formatted(
                  run.dataset().root(),
                  before.categories().size(),
                  before.attributeCount(),
                  scheme.categories().size(),
                  scheme.attributeCount()));
    }
  }

  private TrainingLoop.End trainHeads(Checkpoint checkpoint, Embedder embedder) throws IOException {
    LOG.info("The towers are frozen: image features are computed once");
    Embedder.Features train = embedder.features(run.trainExamples(TrainingRun.Need.LABEL));
    List<Example> validation = run.validationExamples(TrainingRun.Need.LABEL);
    Embedder.Features held = embedder.features(validation);
    EmbeddingTable embeddings = embedder.table(validation);
    Blocks blocks = Blocks.withoutCandidates(held.examples());
    Objective<NDArray> objective =
        Frozen.without(
            frozen(checkpoint),
            new FrozenHeadsObjective(checkpoint.model(), HeadsLoss.Weights.of(config)),
            checkpoint.model());
    try (BatchLoss<NDArray> batchLoss =
            new BatchLoss<>(checkpoint.model(), objective, MicroBatch.WHOLE);
        FeatureFeed feed = feed(train, config.batch(), true);
        FeatureFeed validationFeed = feed(held, blocks.size(), false)) {
      return StageRunner.run(
          run,
          checkpoint,
          batchLoss,
          feed,
          run.validation(
              batchLoss, validationFeed, blocks, () -> embedder.withHeads(embeddings, held)),
          settings(),
          run.folder().finetune());
    }
  }

  private Set<String> frozen(Checkpoint checkpoint) {
    return Frozen.names("finetune", config.optimizer().rates(), checkpoint.model());
  }

  private FeatureFeed feed(Embedder.Features features, int most, boolean shuffle) {
    int count = features.examples().size();
    int batch = Math.max(1, Math.min(most, count));
    BatchPlan plan = new BatchPlan(count, batch, shuffle, false, run.config().run().seed());
    return new FeatureFeed(features.examples(), features.features_ND(), plan);
  }

  private TrainingLoop.End trainAll(Checkpoint checkpoint, Embedder embedder) throws IOException {
    boolean contrastive = config.contrastiveWeight() > 0;
    List<Example> validation = run.validationExamples(need(config));
    Blocks blocks = Blocks.of(validation);
    ObjectiveConfig pairs = run.pairs();
    Set<String> frozen = frozen(checkpoint);
    try (BatchLoss<DeviceBatch> batchLoss =
            run.loss(
                checkpoint,
                model ->
                    Frozen.without(
                        frozen,
                        new HeadsObjective(model, HeadsLoss.Weights.of(config), pairs),
                        model),
                config.microBatch());
        PixelFeed feed =
            run.trainFeed(
                checkpoint,
                run.trainExamples(need(config)),
                config.batch(),
                config.augment(),
                contrastive);
        PixelFeed validationFeed = run.validationFeed(checkpoint, blocks)) {
      return StageRunner.run(
          run,
          checkpoint,
          batchLoss,
          feed,
          run.validation(batchLoss, validationFeed, blocks, () -> embedder.table(validation)),
          settings(),
          run.folder().finetune());
    }
  }

  /** What the stage reads of an example. */
  static TrainingRun.Need need(FinetuneConfig config) {
    return config.encoders() == Encoders.TRAINABLE && config.contrastiveWeight() > 0
        ? TrainingRun.Need.CAPTION_AND_LABEL
        : TrainingRun.Need.LABEL;
  }

  /** The start is not scored: its heads have learnt nothing, it is nothing to fall back on. */
  private TrainingLoop.Settings settings() {
    return run.settings(
        "finetune", config.epochs(), config.optimizer(), TrainingLoop.Start.NEW, config.patience());
  }
}
