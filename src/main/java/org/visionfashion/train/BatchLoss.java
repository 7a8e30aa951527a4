package org.visionfashion.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.engine.Lanes;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.train.BatchInParts.TrainingMode;

/**
 * The loss of a batch and its gradients. Chooses the {@link Pass}: a batch that is not cut is one
 * graph, on the CPU in {@link Lanes} where that pays; one that is cut has its gradients cached.
 * Where memory is not enough, it retries with smaller parts.
 *
 * @param <B> what a batch consists of
 */
public final class BatchLoss<B> implements AutoCloseable {

  private final Replicas<B> replicas;
  private final Parts parts;
  private final Lanes lanes;
  private final OneGraph<B> oneGraph;
  private final LanePass<B> lanePass;
  private final GradCachePass<B> gradCache;
  private MatrixType type = MatrixType.FP32;

  /**
   * @param replicas closed with the loss
   * @param microBatch how many examples a device encodes at once
   * @param room for how many examples there is memory by an estimate
   */
  public BatchLoss(Replicas<B> replicas, MicroBatch microBatch, long room) {
    this(replicas, microBatch, room, Lanes.of(replicas.model().device()));
  }

  BatchLoss(Replicas<B> replicas, MicroBatch microBatch, long room, Lanes lanes) {
    this.replicas = replicas;
    this.parts = new Parts(microBatch, room);
    this.lanes = lanes;
    this.oneGraph = new OneGraph<>(replicas);
    this.lanePass = new LanePass<>(replicas, lanes);
    this.gradCache = new GradCachePass<>(replicas);
  }

  /** On the model's device alone, whose memory is found out by trying. */
  public BatchLoss(DualEncoder model, Objective<B> objective, MicroBatch microBatch) {
    this(
        new Replicas<>(model, List.of(model.device()), first -> objective),
        microBatch,
        Long.MAX_VALUE);
  }

  public DualEncoder model() {
    return replicas.model();
  }

  /** The parameters that the loss reaches, by name. */
  public Map<String, NDArray> trained() {
    return replicas.trained();
  }

  /** See {@link Objective#afterStep}. */
  void afterStep() {
    replicas.objective().afterStep();
  }

  /** See {@link DualEncoder#trainIn}. */
  public void trainIn(MatrixType type) {
    this.type = type;
    replicas.trainIn(type);
  }

  /** How batches are cut. */
  Parts parts() {
    return parts;
  }

  /** Continues with the model's weights as a state has them, and with the part size that fitted. */
  void resume(int fittingExamples) {
    parts.resume(fittingExamples);
    replicas.copyWeights();
  }

  /** The loss without dropout; no gradients. */
  public double value(Feed.Minibatch<B> batch) {
    return value(batch, 0);
  }

  /** The share in it of the examples from {@code first} on. */
  double value(Feed.Minibatch<B> batch, int first) {
    replicas.copyTrainedWeights();
    return whereItFits(
        batch,
        TrainingMode.OFF,
        cut -> {
          try (NDManager scope = model().newScope()) {
            return new Rows(replicas.encode(cut, scope), batch.labels(scope))
                .loss(replicas.objective(), cut.partsFrom(first), scope);
          }
        });
  }

  /**
   * Adds the gradients of {@code factor} times the loss to those of the trained parameters.
   *
   * @param seed of the dropout, with the step
   * @return the loss
   */
  public double differentiate(Feed.Minibatch<B> batch, long seed, long step, double factor) {
    replicas.copyTrainedWeights();
    TrainingMode mode = TrainingMode.of(seed, step);
    double loss = type.during(() -> whereItFits(batch, mode, cut -> differentiate(cut, factor)));
    replicas.sumGradients();
    return loss;
  }

  private double differentiate(BatchInParts<B> batch, double factor) {
    try (NDManager scope = model().newScope()) {
      replicas.holdOperands(scope);
      return pass(batch).differentiate(batch, scope.full(new Shape(), (float) factor), scope);
    } finally {
      replicas.releaseOperands();
    }
  }

  private Pass<B> pass(BatchInParts<B> batch) {
    if (!replicas.objective().trainsEncoding()) {
      return oneGraph; // which is small: nothing lies behind the rows
    }
    if (batch.parts().size() > replicas.count()) {
      return gradCache;
    }
    return lanePass.suits(batch.size()) ? lanePass : oneGraph;
  }

  /** Again with smaller parts where memory was not enough and smaller ones are allowed. */
  private double whereItFits(
      Feed.Minibatch<B> batch, TrainingMode mode, ToDoubleFunction<BatchInParts<B>> work) {
    int share = (batch.size() + replicas.count() - 1) / replicas.count(); // of a device
    parts.estimate(share);
    while (true) {
      try {
        return work.applyAsDouble(
            new BatchInParts<>(batch, Parts.cut(batch.size(), parts.size(share)), mode));
      } catch (EngineException failure) {
        parts.halveAfter(failure, share);
        replicas.zeroGradients();
      }
    }
  }

  @Override
  public void close() {
    lanes.close();
    replicas.close();
  }
}
