package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.visionfashion.model.DualEncoder;

/**
 * A model on a device, and what a stage makes of it.
 *
 * @param <B> what a batch consists of
 */
record Replica<B>(DualEncoder model, Objective<B> objective) {

  /** The parameters that the loss reaches, by name. */
  Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>(model.parameters());
    trained.keySet().removeIf(name -> !objective.trains(name));
    return trained;
  }
}
