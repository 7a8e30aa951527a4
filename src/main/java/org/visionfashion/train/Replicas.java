package org.visionfashion.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.MatrixType;
import org.visionfashion.model.DualEncoder;

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

  int count() {
    return 1 + others.size();
  }

  Replica<B> first() {
    return first;
  }

  /** The one that a part of a batch is encoded on. */
  Replica<B> of(Part part) {
    return at(part.index() % count());
  }

  private Replica<B> at(int number) {
    return number == 0 ? first : others.get(number - 1);
  }

  /** See {@link DualEncoder#trainIn}. */
  void trainIn(MatrixType type) {
    first.model().trainIn(type);
    others.forEach(replica -> replica.model().trainIn(type));
  }

  /** See {@link DualEncoder#holdProducts}; gradients are recorded. */
  void holdProducts(NDManager scope) {
    Gradients.recorded(
        () -> {
          for (int i = 0; i < count(); i++) {
            DualEncoder model = at(i).model();
            model.holdProducts(scope.newSubManager(model.device()));
          }
          return scope;
        });
  }

  void releaseProducts() {
    for (int i = 0; i < count(); i++) {
      at(i).model().releaseProducts();
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
      first
          .model()
          .operations()
          .takeGradients(first.trained().values(), replica.trained().values());
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
