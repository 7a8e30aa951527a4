package org.visionfashion.data.djl;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.Dataset;
import org.visionfashion.data.Split;
import org.visionfashion.data.image.EvalTransform;

/**
 * How a DJL program trains on our data with DJL's own means: a linear classifier of categories over
 * the pixels, by {@link Trainer} and {@link EasyTrain}.
 */
final class TrainHeadExample {

  private static final int SIDE = 16;

  private TrainHeadExample() {}

  /** Trains on the training split; the share of the test split that is then named right. */
  static float train(Dataset data, int epochs) throws IOException, TranslateException {
    FashionDataset train = split(data, Split.TRAIN);
    try (Model model = Model.newInstance("categories", "PyTorch")) {
      model.setBlock(
          new SequentialBlock()
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(train.getClasses().size()).build()));
      Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.05f)).build();
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(sgd)
              .addEvaluator(new Accuracy())
              .addTrainingListeners(TrainingListener.Defaults.basic());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(1, 3, SIDE, SIDE));
        EasyTrain.fit(trainer, epochs, train, split(data, Split.TEST));
        return trainer.getTrainingResult().getValidateEvaluation("Accuracy");
      }
    }
  }

  private static FashionDataset split(Dataset data, Split split) {
    return FashionDataset.builder()
        .setExamples(data, split)
        .setTransform(new EvalTransform(SIDE, SIDE, Resampling.BILINEAR))
        .setSampling(4, split == Split.TRAIN)
        .build();
  }
}
