package org.visionfashion.train;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.base.UserError;
import org.visionfashion.config.AugmentConfig;
import org.visionfashion.config.Config;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.Precision;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Split;
import org.visionfashion.data.cache.PixelCache;
import org.visionfashion.data.image.TrainTransform;
import org.visionfashion.data.loader.Loader;
import org.visionfashion.data.loader.PixelSource;
import org.visionfashion.engine.Machine;
import org.visionfashion.eval.Embedder;
import org.visionfashion.eval.EmbeddingTable;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.run.RunFolder;
import org.visionfashion.train.Validation.Blocks;
import org.visionfashion.weights.checkpoint.Checkpoint;
import org.visionfashion.weights.checkpoint.ModelDescription;
import org.visionfashion.weights.pretrained.InitialWeights;

/**
 * One run: its configuration, folder and data, shared by its stages.
 *
 * @param weights finds published weights
 * @param interrupted asked before each step; once true, a stage saves and ends
 * @param observers are told of each step and epoch
 * @param card the text beside a finished model
 */
public record TrainingRun(
    Config config,
    RunFolder folder,
    Dataset dataset,
    InitialWeights.Locator weights,
    BooleanSupplier interrupted,
    List<Observer> observers,
    Function<ModelDescription, String> card) {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  /** The same run with one observer more. */
  TrainingRun observedBy(Observer observer) {
    List<Observer> all = new ArrayList<>(observers);
    all.add(observer);
    return new TrainingRun(config, folder, dataset, weights, interrupted, all, card);
  }

  /** Training batches: shuffled, augmented, the last partial one dropped where {@code dropLast}. */
  PixelFeed trainFeed(
      Checkpoint checkpoint,
      List<Example> examples,
      int batch,
      AugmentConfig augment,
      boolean dropLast) {
    if (examples.size() < batch) {
      LOG.warn(
          "A batch has {} pictures instead of {}: there are no more to train on",
          examples.size(),
          batch);
    }
    TrainTransform transform = new TrainTransform(checkpoint.transform(), augment);
    Loader loader =
        Loader.builder(examples, transform)
            .source(pixels())
            .shuffled(Math.min(batch, examples.size()), dropLast)
            .seed(config.run().seed())
            .byLength(config.data().groupLengths())
            .text(checkpoint::tokens)
            .workers(config.data().workers())
            .prefetch(config.data().prefetch())
            .maxBroken(config.data().maxBroken())
            .build();
    return new PixelFeed(loader, checkpoint.placement(), checkpoint.model().newScope());
  }

  /** From the data set's cache as far as it goes, else from the files. */
  private PixelSource pixels() {
    int side = config.data().cache().side();
    try {
      PixelCache cache = PixelCache.open(dataset.folder(), side, config.data().limits());
      if (cache.size() > 0) {
        LOG.info("Training pictures come from {}", PixelCache.folder(dataset.folder(), side));
      }
      return cache;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Validation batches: in order, as they are, all of them. */
  PixelFeed validationFeed(Checkpoint checkpoint, Blocks blocks) {
    Loader loader =
        Loader.builder(blocks.examples(), checkpoint.transform())
            .inOrder(blocks.size())
            .source(PixelSource.files(config.data().limits()))
            .text(checkpoint::tokens)
            .workers(config.data().workers())
            .prefetch(config.data().prefetch())
            .maxBroken(config.data().maxBroken())
            .build();
    return new PixelFeed(loader, checkpoint.placement(), checkpoint.model().newScope());
  }

  /** What trains; the model lies on the first one. */
  List<Device> devices() {
    return Machine.devices(config.run().devices());
  }

  /**
   * How pairs are compared on these data: captions that are class names are positives of each other
   * unless the configuration says otherwise.
   */
  ObjectiveConfig pairs() {
    Examples train = split(Split.TRAIN, Need.CAPTION);
    int categories = dataset.scheme().categories().size();
    boolean classes =
        categories > 0
            && dataset.split(Split.TRAIN).repeatedCaptions() > 0
            && train.captionCounts().length <= categories;
    return config.contrastive().objective().decided(classes);
  }

  /** An objective that trains the towers, on the devices and in the memory that there are. */
  BatchLoss<DeviceBatch> loss(
      Checkpoint checkpoint,
      Function<DualEncoder, Objective<DeviceBatch>> objective,
      MicroBatch microBatch) {
    DualEncoder model = checkpoint.model();
    long room = model.trainingRoom(checkpoint.description().maxTokens());
    return new BatchLoss<>(new Replicas<>(model, devices(), objective), microBatch, room);
  }

  TrainingLoop.Settings settings(
      String stage, int epochs, OptimizerConfig optimizer, TrainingLoop.Start start, int patience) {
    return new TrainingLoop.Settings(
        stage,
        epochs,
        optimizer,
        start,
        config.run().seed(),
        patience,
        config.save(),
        config.run().precision() == Precision.FP16 ? LossScale.INITIAL : LossScale.NONE,
        config.run().maxSkipped(),
        interrupted);
  }

  /** Runs a stage's model over examples while the run is wanted. */
  Embedder embedder(Checkpoint checkpoint) {
    return new Embedder(checkpoint, config.eval().batch(), config.data(), this::requireWanted);
  }

  /**
   * For work that takes long between two steps.
   *
   * @throws StoppedException once the run is no longer wanted
   */
  void requireWanted() {
    if (interrupted.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /**
   * The examples to validate on, and a line where there are none or few.
   *
   * @param need what the stage reads
   */
  Examples validationExamples(Need need) {
    Examples examples = split(Split.VALIDATION, need);
    if (examples.isEmpty()) {
      LOG.warn(
          "The validation split has no picture with {}: the weights of the last epoch are kept;"
              + " patience and the plateau schedule have no effect",
          need.description());
    } else if (examples.size() < Validation.FEW) {
      LOG.warn(
          "The validation split has {} with {}: with fewer than {} the choice of the best epoch is"
              + " largely chance; see data.validation",
          examples.size() == 1 ? "1 picture" : examples.size() + " pictures",
          need.description(),
          Validation.FEW);
    }
    return examples;
  }

  /** Validates after an epoch; nothing where there is nothing to validate on. */
  <B> Supplier<Optional<Validation>> validation(
      BatchLoss<B> loss, Feed<B> feed, Blocks blocks, Supplier<EmbeddingTable> table) {
    return () ->
        blocks.examples().isEmpty()
            ? Optional.empty()
            : Optional.of(
                Validation.of(
                    loss, feed, blocks, table.get(), dataset.scheme(), this::requireWanted));
  }

  /** A stage's states, which belong to this data set. */
  StateFolder states(Path folder) {
    return new StateFolder(folder, dataset.fingerprint());
  }

  /**
   * The training examples that a stage can use.
   *
   * @param need what the stage reads, for the message where there is none
   * @throws UserError where no example is left
   */
  Examples trainExamples(Need need) {
    Examples examples = split(Split.TRAIN, need);
    if (examples.isEmpty()) {
      throw new UserError(
          ("%s: the train split has no picture with %s; ./visionfashion data stats counts what there"
                  + " is, data.columns names a table's columns, data.split the splits")
              .formatted(dataset.root(), need.description()));
    }
    return examples;
  }

  private Examples split(Split split, Need need) {
    Examples examples = dataset.split(split);
    return examples.where(index -> need.holds(examples, index));
  }

  /** What a stage needs of an example. */
  enum Need {
    CAPTION("a caption"),
    LABEL("a label"),
    CAPTION_AND_LABEL("a caption and a label");

    private final String description;

    Need(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }

    boolean holds(Examples examples, int index) {
      return switch (this) {
        case CAPTION -> examples.hasCaption(index);
        case LABEL -> examples.isLabelled(index);
        case CAPTION_AND_LABEL -> examples.hasCaption(index) && examples.isLabelled(index);
      };
    }
  }
}
