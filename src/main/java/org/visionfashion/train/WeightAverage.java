package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.visionfashion.engine.Operations;

/**
 * A moving average of the weights in training (Polyak and Juditsky 1992; Tarvainen and Valpola
 * 2017, section 2). Of a step's average a share of {@code decay} remains, of early ones less, so
 * that the start is soon forgotten: (1 + t) / (10 + t) at step t.
 */
final class WeightAverage implements AutoCloseable {

  private final Operations operations;
  private final NDManager manager;
  private final double decay;
  private final Map<String, NDArray> trained;
  private final Map<String, NDArray> average = new LinkedHashMap<>();

  /**
   * Begins with the weights as they are.
   *
   * @param manager the averages live in it; closed with this
   * @param trained the parameters by name
   * @param decay 0 = no average is kept
   */
  WeightAverage(
      Operations operations, NDManager manager, Map<String, NDArray> trained, double decay) {
    this.operations = operations;
    this.manager = manager;
    this.decay = decay;
    this.trained = decay > 0 ? trained : Map.of();
    this.trained.forEach((name, array) -> average.put(name, manager.zeros(array.getShape())));
    if (!average.isEmpty()) {
      operations.assign(average.values(), this.trained.values());
    }
  }

  /**
   * Takes the weights in.
   *
   * @param step how many steps were made before the one that led to them
   */
  void add(long step) {
    if (!average.isEmpty()) {
      double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
      operations.average(average.values(), trained.values(), keep);
    }
  }

  /** Does something while the model's weights are the averages. */
  <T> T inPlace(Supplier<T> work) {
    swap();
    try {
      return work.get();
    } finally {
      swap();
    }
  }

  private void swap() {
    if (!average.isEmpty()) {
      operations.swap(average.values(), trained.values());
    }
  }

  /** The averages by the names of the parameters, for the training state; none without a decay. */
  Map<String, NDArray> state() {
    return average;
  }

  @Override
  public void close() {
    manager.close();
  }
}
