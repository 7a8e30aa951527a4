package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.visionfashion.model.Labels;

/** A batch as one graph, by the two halves of an objective alone. */
public final class WholeBatch {

  private WholeBatch() {}

  /** The loss of a batch, a scalar in {@code scope}. */
  public static <B> NDArray loss(
      Objective<B> objective, B examples, Labels labels, NDManager scope, boolean training) {
    return loss(objective, objective.encode(examples, training), labels, scope);
  }

  static <B> NDArray loss(Objective<B> objective, NDList rows, Labels labels, NDManager scope) {
    int size = Math.toIntExact(rows.get(0).getShape().get(0));
    return objective.loss(rows, labels, Parts.Part.whole(size).onHost(scope));
  }
}
