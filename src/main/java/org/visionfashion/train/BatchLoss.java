package org.visionfashion.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Lanes;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * The loss of a batch and its gradients, in the memory of a part of it. A batch that is not cut is
 * one graph. Else gradients are cached, as in GradCache (Gao et al. 2021, "Scaling Deep Contrastive
 * Learning Batch Size under Memory Limited Setup", section 3): encode all parts without a graph;
 * differentiate the loss with respect to their rows; encode each part again, now with a graph, and
 * go on from the gradients of its rows. The sums are those of one graph.
 *
 * <p>Several devices take turns with the parts; where there are no more parts than devices, one
 * graph spans them. Rows are compared on the first device, and gradients are summed there. One
 * thread hands out the work: a GPU works on while the next part is given to another. On the CPU a
 * batch that is not cut is encoded and differentiated in {@link Lanes}.
 *
 * @param <B> what a batch consists of
 */
public final class BatchLoss<B> implements AutoCloseable {

  /** With fewer examples a lane's products are too small. */
  private static final int LEAST_OF_A_LANE = 4;

  private final Replicas<B> replicas;
  private final DualEncoder model;
  private final Objective<B> objective;
  private final PartSize partSize;
  private final Lanes lanes;
  private MatrixType type = MatrixType.FP32;
  private boolean timed;

  /**
   * @param replicas closed with the loss
   * @param microBatch how many examples a device encodes at once
   * @param room for how many examples there is memory by an estimate
   */
  public BatchLoss(Replicas<B> replicas, MicroBatch microBatch, long room) {
    this(replicas, microBatch, room, Lanes.of(replicas.first().model().device()));
  }

  BatchLoss(Replicas<B> replicas, MicroBatch microBatch, long room, Lanes lanes) {
    this.replicas = replicas;
    this.model = replicas.first().model();
    this.objective = replicas.first().objective();
    this.partSize = new PartSize(microBatch, room);
    this.lanes = lanes;
  }

  /** On the model's device alone, which itself says when its memory is at an end. */
  public BatchLoss(DualEncoder model, Objective<B> objective, MicroBatch microBatch) {
    this(
        new Replicas<>(model, List.of(model.device()), first -> objective),
        microBatch,
        Long.MAX_VALUE);
  }

  /**
   * What differentiating a batch has given, and how long it took.
   *
   * @param loss of the batch
   * @param placing seconds for copying the batch to the device
   * @param forward seconds to the loss, weights for the other devices included; see {@link
   *     #timePasses}
   * @param backward seconds from there to the gradients on the first device
   */
  public record Pass(double loss, double placing, double forward, double backward) {}

  /** A batch, as it is cut now, and what its passes share. */
  private record Cut<B>(
      Feed.Minibatch<B> batch, List<Part> parts, Dropout dropout, PassClock clock) {

    Part whole() {
      return new Part(0, 0, batch.size());
    }

    Labels labels(NDManager scope) {
      return clock.placing(() -> batch.labels(scope));
    }

    B place(Part part, NDManager scope) {
      return clock.placing(() -> batch.place(part.start(), part.end(), scope));
    }
  }

  public DualEncoder model() {
    return model;
  }

  /** The parameters that the loss reaches, by name. */
  public Map<String, NDArray> trained() {
    return replicas.first().trained();
  }

  /** See {@link DualEncoder#trainIn}. */
  public void trainIn(MatrixType type) {
    this.type = type;
    replicas.trainIn(type);
  }

  /**
   * From here on a pass waits for its device before it goes back: a GPU's times are apart then, and
   * it has nothing to do for a moment.
   */
  public void timePasses() {
    timed = true;
  }

  /** How many examples are encoded at once, as far as memory has a say; part of a run's state. */
  PartSize partSize() {
    return partSize;
  }

  /** Goes on with the model's weights as a state has them, and with what fitted. */
  void resume(int fittingExamples) {
    partSize.resume(fittingExamples);
    replicas.copyWeights();
  }

  /** The loss without dropout; no gradients. */
  public double value(Feed.Minibatch<B> batch) {
    replicas.copyTrainedWeights();
    return whereItFits(batch, Dropout.OFF, new PassClock(false), this::value);
  }

  private double value(Cut<B> cut) {
    try (NDManager scope = model.newScope()) {
      NDList rows = encode(cut, scope);
      Labels labels = cut.labels(scope);
      return sum(cut.parts().stream().map(part -> share(rows, labels, part, scope)).toList());
    }
  }

  /**
   * Adds the gradients of {@code factor} times the loss to those of the trained parameters.
   *
   * @param seed of the dropout, with the step
   */
  public Pass differentiate(Feed.Minibatch<B> batch, long seed, long step, double factor) {
    Dropout dropout = Dropout.of(seed, step);
    PassClock clock = new PassClock(timed);
    replicas.copyTrainedWeights();
    double loss =
        type.during(() -> whereItFits(batch, dropout, clock, cut -> differentiate(cut, factor)));
    replicas.sumGradients();
    return clock.pass(loss);
  }

  private double differentiate(Cut<B> cut, double factor) {
    try (NDManager scope = model.newScope()) {
      replicas.holdProducts(scope);
      NDArray scale = scope.full(new Shape(), (float) factor);
      if (cut.parts().size() > replicas.count() && objective.trainsEncoding()) {
        return partByPart(cut, scale, scope);
      }
      return hasLanes(cut.batch().size())
          ? inLanes(cut, scale, scope)
          : inOneGraph(cut, scale, scope);
    } finally {
      replicas.releaseProducts();
    }
  }

  /** Dropout draws from one source for all threads: two of them would not draw the same again. */
  private boolean hasLanes(int size) {
    return lanes.count() > 1
        && replicas.count() == 1
        && objective.trainsEncoding()
        && size >= lanes.count() * LEAST_OF_A_LANE
        && !model.architecture().hasDropout();
  }

  /** Again with smaller parts where memory was not enough and smaller ones are allowed. */
  private double whereItFits(
      Feed.Minibatch<B> batch, Dropout dropout, PassClock clock, ToDoubleFunction<Cut<B>> pass) {
    int share = (batch.size() + replicas.count() - 1) / replicas.count(); // of a device
    while (true) {
      try {
        List<Part> parts = Part.of(batch.size(), partSize.of(share));
        return pass.applyAsDouble(new Cut<>(batch, parts, dropout, clock));
      } catch (EngineException failure) {
        partSize.shrink(share, failure);
        replicas.zeroGradients();
      }
    }
  }

  private double inOneGraph(Cut<B> cut, NDArray scale, NDManager scope) {
    Labels labels = cut.labels(scope);
    try (Gradients recorded = Gradients.record()) {
      List<NDList> encoded = new ArrayList<>();
      for (Part part : cut.parts()) {
        encoded.add(encode(cut, part, scope));
      }
      NDArray loss = share(gather(encoded), labels, cut.whole(), scope);
      cut.clock().forwardEnds(loss);
      recorded.backward(loss, scale);
      return sum(List.of(loss));
    }
  }

  /**
   * Each lane encodes a part; the rows of all are compared; each lane goes back from the gradients
   * of its rows through the graph that it has kept.
   */
  private double inLanes(Cut<B> cut, NDArray scale, NDManager scope) {
    Labels labels = cut.labels(scope);
    int size = cut.batch().size();
    List<Part> parts = Part.of(size, (size + lanes.count() - 1) / lanes.count());
    List<B> placed = parts.stream().map(part -> cut.place(part, scope)).toList();
    List<NDList> encoded = lanes.run(parts.stream().map(part -> encoding(placed, part)).toList());
    NDList rows = gather(encoded);
    NDArray loss = differentiateRows(rows, labels, List.of(cut.whole()), scale, scope);
    cut.clock().forwardEnds(loss);
    NDList gradients = new NDList(rows.stream().map(NDArray::getGradient).toList());
    lanes.run(parts.stream().map(part -> goingBack(encoded, part, gradients, scope)).toList());
    return sum(List.of(loss));
  }

  private Supplier<NDList> encoding(List<B> placed, Part part) {
    return () -> Gradients.recorded(() -> objective.encode(placed.get(part.index()), true));
  }

  private Supplier<Part> goingBack(
      List<NDList> encoded, Part part, NDList gradients, NDManager scope) {
    return () -> {
      try (Gradients recorded = Gradients.record()) {
        NDList rows = encoded.get(part.index());
        NDArray place = part.onHost(scope);
        recorded.backward(model.operations().innerProducts(place, rows, gradients));
        return part;
      }
    };
  }

  /** The rows of all parts, on the first device. */
  private NDList gather(List<NDList> encoded) {
    if (encoded.size() == 1) {
      return encoded.get(0);
    }
    NDList rows = new NDList();
    for (int i = 0; i < encoded.get(0).size(); i++) {
      int number = i;
      List<NDArray> each = encoded.stream().map(part -> part.get(number)).toList();
      rows.add(model.operations().gather(new NDList(each)));
    }
    return rows;
  }

  private double partByPart(Cut<B> cut, NDArray scale, NDManager scope) {
    Labels labels = cut.labels(scope);
    NDList rows = encode(cut, scope);
    NDArray loss = differentiateRows(rows, labels, cut.parts(), scale, scope);
    cut.clock().forwardEnds(loss);
    NDList gradients = new NDList(rows.stream().map(NDArray::getGradient).toList());
    for (Part part : cut.parts()) {
      replay(cut, part, gradients);
    }
    return sum(List.of(loss));
  }

  /** The rows of all examples, without a graph, on the first device. */
  private NDList encode(Cut<B> cut, NDManager scope) {
    NDList rows = new NDList();
    for (Part part : cut.parts()) {
      try (NDManager partScope = model.newScope()) {
        NDList ofPart = encode(cut, part, partScope);
        for (int i = 0; i < ofPart.size(); i++) {
          if (part.index() == 0) {
            rows.add(scope.zeros(withRows(ofPart.get(i).getShape(), cut.batch().size())));
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

  private NDList encode(Cut<B> cut, Part part, NDManager scope) {
    Replica<B> replica = replicas.of(part);
    B placed = cut.place(part, scope.newSubManager(replica.model().device()));
    cut.dropout().begin(part);
    return replica.objective().encode(placed, cut.dropout().on());
  }

  /** Part by part too: all similarities of a large batch would need more memory than a part. */
  private NDArray differentiateRows(
      NDList rows, Labels labels, List<Part> parts, NDArray scale, NDManager scope) {
    rows.forEach(each -> each.setRequiresGradient(true));
    NDArray loss = scope.zeros(new Shape());
    for (Part part : parts) {
      try (NDManager partScope = model.newScope()) {
        NDArray share = differentiateShare(rows, labels, part, scale, partScope);
        loss.addi(share);
      }
    }
    return loss;
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
  private void replay(Cut<B> cut, Part part, NDList gradients) {
    try (NDManager scope = model.newScope();
        Gradients recorded = Gradients.record()) {
      NDList rows = encode(cut, part, scope);
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

  @Override
  public void close() {
    lanes.close();
    replicas.close();
  }
}
