package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * The loss of a batch and its gradients, in the memory of a part of it. A batch that is not cut is
 * one graph. Else gradients are cached, as in GradCache (Gao et al. 2021, "Scaling Deep Contrastive
 * Learning Batch Size under Memory Limited Setup", section 3): encode all parts without a graph;
 * differentiate the loss with respect to their rows; encode each part again, now with a graph, and
 * go on from the gradients of its rows. The sums are those of one graph.
 *
 * @param <B> what a batch consists of
 */
public final class BatchLoss<B> {

  private final DualEncoder model;
  private final Objective<B> objective;
  private final MicroBatch microBatch;

  /**
   * @param microBatch how many examples are encoded at once
   */
  public BatchLoss(DualEncoder model, Objective<B> objective, MicroBatch microBatch) {
    this.model = model;
    this.objective = objective;
    this.microBatch = microBatch;
  }

  /**
   * What differentiating a batch has given, and how long it took.
   *
   * @param loss of the batch
   * @param placing seconds for copying the batch to the device
   * @param forward seconds from there to the loss
   * @param backward seconds from there to the gradients
   */
  public record Pass(double loss, double placing, double forward, double backward) {}

  public DualEncoder model() {
    return model;
  }

  /** The parameters that the loss reaches, by name. */
  public Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>(model.parameters());
    trained.keySet().removeIf(name -> !objective.trains(name));
    return trained;
  }

  /** The loss without dropout; no gradients. */
  public double value(Feed.Minibatch<B> batch) {
    List<Part> parts = parts(batch);
    try (NDManager scope = model.newScope()) {
      NDList rows = encode(batch, parts, Dropout.OFF, scope, new PassClock());
      Labels labels = batch.labels(scope);
      return sum(parts.stream().map(part -> share(rows, labels, part, scope)).toList());
    }
  }

  /**
   * Adds the gradients of {@code factor} times the loss to those of the trained parameters.
   *
   * @param seed of the dropout, with the step
   */
  public Pass differentiate(Feed.Minibatch<B> batch, long seed, long step, double factor) {
    List<Part> parts = parts(batch);
    Dropout dropout = Dropout.of(seed, step);
    try (NDManager scope = model.newScope()) {
      NDArray scale = scope.full(new Shape(), (float) factor);
      return parts.size() == 1
          ? inOneGraph(batch, parts.get(0), dropout, scale, scope)
          : partByPart(batch, parts, dropout, scale, scope);
    }
  }

  private List<Part> parts(Feed.Minibatch<B> batch) {
    return Part.of(batch.size(), microBatch.size() == 0 ? batch.size() : microBatch.size());
  }

  private Pass inOneGraph(
      Feed.Minibatch<B> batch, Part all, Dropout dropout, NDArray scale, NDManager scope) {
    PassClock clock = new PassClock();
    try (Gradients recorded = Gradients.record()) {
      NDList rows = encode(batch, all, dropout, scope, clock);
      NDArray loss = share(rows, batch.labels(scope), all, scope);
      double value = sum(List.of(loss));
      double forward = clock.lap();
      recorded.backward(loss, scale);
      return new Pass(value, clock.placed(), forward, clock.lap());
    }
  }

  private Pass partByPart(
      Feed.Minibatch<B> batch, List<Part> parts, Dropout dropout, NDArray scale, NDManager scope) {
    PassClock clock = new PassClock();
    NDList rows = encode(batch, parts, dropout, scope, clock);
    double loss = differentiateRows(rows, batch.labels(scope), parts, scale, scope);
    double forward = clock.lap();
    NDList gradients = new NDList(rows.stream().map(NDArray::getGradient).toList());
    for (Part part : parts) {
      replay(batch, part, gradients, dropout, clock);
    }
    double backward = clock.lap();
    return new Pass(loss, clock.placed(), forward, backward);
  }

  /** The rows of all examples, without a graph. */
  private NDList encode(
      Feed.Minibatch<B> batch,
      List<Part> parts,
      Dropout dropout,
      NDManager scope,
      PassClock clock) {
    NDList rows = new NDList();
    for (Part part : parts) {
      try (NDManager partScope = model.newScope()) {
        NDList ofPart = encode(batch, part, dropout, partScope, clock);
        for (int i = 0; i < ofPart.size(); i++) {
          if (part.index() == 0) {
            rows.add(scope.zeros(withRows(ofPart.get(i).getShape(), batch.size())));
          }
          NDArray place = part.onHost(partScope);
          model.operations().call("store", place, rows.get(i), ofPart.get(i));
        }
      }
    }
    return rows;
  }

  private static Shape withRows(Shape shape, int rows) {
    long[] sizes = shape.getShape().clone();
    sizes[0] = rows;
    return new Shape(sizes);
  }

  private NDList encode(
      Feed.Minibatch<B> batch, Part part, Dropout dropout, NDManager scope, PassClock clock) {
    B placed = clock.placing(() -> batch.place(part.start(), part.end(), scope));
    dropout.begin(part);
    return objective.encode(placed, dropout.on());
  }

  /** Part by part too: all similarities of a large batch would need more memory than a part. */
  private double differentiateRows(
      NDList rows, Labels labels, List<Part> parts, NDArray scale, NDManager scope) {
    rows.forEach(each -> each.setRequiresGradient(true));
    NDArray loss = scope.zeros(new Shape());
    for (Part part : parts) {
      try (NDManager partScope = model.newScope()) {
        NDArray share = differentiateShare(rows, labels, part, scale, partScope);
        loss.addi(share);
      }
    }
    return sum(List.of(loss));
  }

  private NDArray differentiateShare(
      NDList rows, Labels labels, Part part, NDArray scale, NDManager scope) {
    try (Gradients recorded = Gradients.record()) {
      NDArray share = share(rows, labels, part, scope);
      recorded.backward(share, scale);
      return share;
    }
  }

  /** The gradients of the parameters from those of a part's rows. */
  private void replay(
      Feed.Minibatch<B> batch, Part part, NDList gradients, Dropout dropout, PassClock clock) {
    try (NDManager scope = model.newScope();
        Gradients recorded = Gradients.record()) {
      NDList rows = encode(batch, part, dropout, scope, clock);
      NDArray place = part.onHost(scope);
      recorded.backward(model.operations().innerProducts(place, rows, gradients));
    }
  }

  private NDArray share(NDList rows, Labels labels, Part part, NDManager scope) {
    return objective.loss(rows, labels, part.onHost(scope));
  }

  /** Waits for the device. */
  private static double sum(List<NDArray> shares) {
    return shares.stream().mapToDouble(share -> share.toFloatArray()[0]).sum();
  }
}
