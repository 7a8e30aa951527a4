package org.visionfashion.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.train.Parts.Part;

/**
 * One model on one or several devices, which take turns with the parts of a batch. The first one is
 * what is updated, judged and saved. The others have its weights, and add their gradients to its
 * own.
 *
 * @param <B> what a batch consists of
 */
public final class Replicas<B> implements AutoCloseable {

  private final Replica<B> first;
  private final List<Replica<B>> others = new ArrayList<>();

  /**
   * Copies a model to further devices.
   *
   * @param model lies on the first device; it is not closed here
   * @param devices all of them
   * @param objective made for each copy
   */
  public Replicas(
      DualEncoder model, List<Device> devices, Function<DualEncoder, Objective<B>> objective) {
    first = new Replica<>(model, objective.apply(model));
    try {
      for (Device device : devices.subList(1, devices.size())) {
        DualEncoder copy = model.copyOn(device);
        Replica<B> replica = new Replica<>(copy, objective.apply(copy));
        replica.trained().values().forEach(array -> array.setRequiresGradient(true));
        others.add(replica);
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** A model on a device, and what a stage makes of it. */
  private record Replica<B>(DualEncoder model, Objective<B> objective) {

    Map<String, NDArray> trained() {
      Map<String, NDArray> trained = new LinkedHashMap<>(model.parameters());
      trained.keySet().removeIf(name -> !objective.trains(name));
      return trained;
    }
  }

  int count() {
    return 1 + others.size();
  }

  /** The first one. */
  DualEncoder model() {
    return first.model();
  }

  /** The first one's, which compares all rows. */
  Objective<B> objective() {
    return first.objective();
  }

  /** The parameters of the first one that the loss reaches, by name. */
  Map<String, NDArray> trained() {
    return first.trained();
  }

  /** The rows of a part, encoded on the device whose turn it is. */
  NDList encode(BatchInParts<B> batch, Part part, NDManager scope) {
    Replica<B> replica = at(part.index() % count());
    NDManager there = scope.newSubManager(replica.model().device());
    B placed = batch.batch().place(part.start(), part.end(), there);
    batch.mode().begin(part);
    return replica.objective().encode(placed, batch.mode().on());
  }

  /** The rows of all parts, without a graph, on the first device. */
  NDList encode(BatchInParts<B> batch, NDManager scope) {
    NDList rows = new NDList();
    for (Part part : batch.parts()) {
      try (NDManager partScope = model().newScope()) {
        NDList ofPart = encode(batch, part, partScope);
        for (int i = 0; i < ofPart.size(); i++) {
          if (part.index() == 0) {
            rows.add(scope.zeros(withRows(ofPart.get(i).getShape(), batch.size())));
          }
          NDArray place = part.onHost(partScope);
          model().operations().call("store", place, rows.get(i), ofPart.get(i));
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

  /** The rows of parts as one tensor each, on the first device. */
  NDList gather(List<NDList> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    NDList rows = new NDList();
    for (int i = 0; i < parts.get(0).size(); i++) {
      int number = i;
      List<NDArray> each = parts.stream().map(part -> part.get(number)).toList();
      rows.add(model().operations().gather(new NDList(each)));
    }
    return rows;
  }

  private Replica<B> at(int number) {
    return number == 0 ? first : others.get(number - 1);
  }

  /** See {@link DualEncoder#trainIn}. */
  void trainIn(MatrixType type) {
    first.model().trainIn(type);
    others.forEach(replica -> replica.model().trainIn(type));
  }

  /** See {@link DualEncoder#holdOperands}; gradients are recorded. */
  void holdOperands(NDManager scope) {
    Gradients.recorded(
        () -> {
          for (int i = 0; i < count(); i++) {
            DualEncoder model = at(i).model();
            model.holdOperands(scope.newSubManager(model.device()));
          }
          return scope;
        });
  }

  void releaseOperands() {
    for (int i = 0; i < count(); i++) {
      at(i).model().releaseOperands();
    }
  }

  /** Gives all weights of the first one to the others. */
  void copyWeights() {
    for (Replica<B> replica : others) {
      copy(first.model().parameters(), replica.model().parameters());
    }
  }

  /** Gives those weights to the others that an update changes. */
  void copyTrainedWeights() {
    for (Replica<B> replica : others) {
      copy(first.trained(), replica.trained());
    }
  }

  private void copy(Map<String, NDArray> from, Map<String, NDArray> to) {
    first.model().operations().assign(to.values(), from.values());
  }

  /** Adds the gradients of the others to those of the first one. */
  void sumGradients() {
    for (Replica<B> replica : others) {
      model().operations().takeGradients(trained().values(), replica.trained().values());
    }
  }

  /** As before a batch. */
  void zeroGradients() {
    first.model().operations().zeroGradients(first.trained().values());
    others.forEach(
        replica -> replica.model().operations().zeroGradients(replica.trained().values()));
  }

  /** Closes the copies. */
  @Override
  public void close() {
    others.forEach(replica -> replica.model().close());
  }
}
