package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.Labels;
import org.visionfashion.train.Parts.Part;

/**
 * A batch in the memory of a part of it, by cached gradients (Gao et al. 2021, "Scaling Deep
 * Contrastive Learning Batch Size under Memory Limited Setup", section 3): encode all parts without
 * a graph; differentiate the loss with respect to their rows; encode each part again, now with a
 * graph, and continue from the gradients of its rows. Several devices take turns with the parts.
 */
record GradCachePass<B>(Replicas<B> replicas) implements Pass<B> {

  @Override
  public double differentiate(BatchInParts<B> batch, NDArray scale, NDManager scope) {
    Labels labels = batch.batch().labels(scope);
    Rows rows = new Rows(replicas.encode(batch, scope), labels);
    NDArray loss = rows.differentiate(replicas.objective(), batch.parts(), scale, scope);
    NDList gradients = rows.gradients();
    for (Part part : batch.parts()) {
      replay(batch, part, gradients);
    }
    return loss.toFloatArray()[0];
  }

  /** The gradients of the parameters from those of a part's rows. */
  private void replay(BatchInParts<B> batch, Part part, NDList gradients) {
    try (NDManager scope = replicas.model().newScope();
        Gradients recorded = Gradients.record()) {
      NDList rows = replicas.encode(batch, part, scope);
      NDArray place = part.onHost(scope);
      recorded.backward(replicas.model().operations().innerProducts(place, rows, gradients));
    }
  }
}
