package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.engine.Gradients;
import org.visionfashion.model.Labels;
import org.visionfashion.train.Parts.Part;

/**
 * The whole batch as one graph, which may span several devices: each encodes a part, the first one
 * compares the rows.
 */
record OneGraph<B>(Replicas<B> replicas) implements Pass<B> {

  @Override
  public double differentiate(BatchInParts<B> batch, NDArray scale, NDManager scope) {
    Labels labels = batch.batch().labels(scope);
    try (Gradients recorded = Gradients.record()) {
      List<NDList> encoded = new ArrayList<>();
      for (Part part : batch.parts()) {
        encoded.add(replicas.encode(batch, part, scope));
      }
      NDArray whole = Part.whole(batch.size()).onHost(scope);
      NDArray loss = replicas.objective().loss(replicas.gather(encoded), labels, whole);
      recorded.backward(loss, scale);
      return loss.toFloatArray()[0];
    }
  }
}
