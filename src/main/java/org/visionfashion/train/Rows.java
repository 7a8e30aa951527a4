package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.Labels;
import org.visionfashion.train.Parts.Part;

/**
 * What was made of all examples of a batch, and their labels, on the first device.
 *
 * @param rows of the whole batch, (B, ...)
 */
record Rows(NDList rows, Labels labels) {

  /** The loss, without gradients. */
  double loss(Objective<?> objective, List<Part> parts, NDManager scope) {
    return parts.stream()
        .map(part -> objective.loss(rows, labels, part.onHost(scope)))
        .toList()
        .stream()
        .mapToDouble(share -> share.toFloatArray()[0]) // waits for the device
        .sum();
  }

  /**
   * Differentiates the loss with respect to the rows, part by part: all similarities of a large
   * batch would need more memory than a part.
   *
   * @return the loss, a scalar
   */
  NDArray differentiate(Objective<?> objective, List<Part> parts, NDArray scale, NDManager scope) {
    rows.forEach(each -> each.setRequiresGradient(true));
    NDArray loss = scope.zeros(new Shape());
    for (Part part : parts) {
      try (NDManager partScope = scope.newSubManager()) {
        loss.addi(differentiateShare(objective, part, scale, partScope));
      }
    }
    return loss;
  }

  private NDArray differentiateShare(
      Objective<?> objective, Part part, NDArray scale, NDManager scope) {
    try (Gradients recorded = Gradients.record()) {
      NDArray share = objective.loss(rows, labels, part.onHost(scope));
      recorded.backward(share, scale);
      return share;
    }
  }

  /** Those that {@link #differentiate} left. */
  NDList gradients() {
    return new NDList(rows.stream().map(NDArray::getGradient).toList());
  }
}
