package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Lanes;
import org.visionfashion.model.Labels;
import org.visionfashion.train.Parts.Part;

/**
 * Lanes of the CPU side by side. Each encodes a share of the batch; the rows of all are compared;
 * each goes back from the gradients of its rows through the graph that it has kept.
 */
record LanePass<B>(Replicas<B> replicas, Lanes lanes) implements Pass<B> {

  /** With fewer examples a lane's matrix products are too small to pay. */
  private static final int LEAST_OF_A_LANE = 4;

  /**
   * Whether lanes pay and give the same numbers each time: dropout draws from one source for all
   * threads, so that two of them would not draw the same again.
   */
  boolean suits(int size) {
    return lanes.count() > 1
        && replicas.count() == 1
        && replicas.objective().trainsEncoding()
        && size >= lanes.count() * LEAST_OF_A_LANE
        && !replicas.model().architecture().hasDropout();
  }

  @Override
  public double differentiate(BatchInParts<B> batch, NDArray scale, NDManager scope) {
    Labels labels = batch.batch().labels(scope);
    List<Part> parts = Parts.cut(batch.size(), (batch.size() + lanes.count() - 1) / lanes.count());
    List<B> placed =
        parts.stream().map(part -> batch.batch().place(part.start(), part.end(), scope)).toList();
    List<NDList> encoded = lanes.run(placed.stream().map(this::encoding).toList());
    Rows rows = new Rows(replicas.gather(encoded), labels);
    Part whole = Part.whole(batch.size());
    NDArray loss = rows.differentiate(replicas.objective(), List.of(whole), scale, scope);
    NDList gradients = rows.gradients();
    lanes.run(
        IntStream.range(0, parts.size())
            .mapToObj(i -> goingBack(encoded.get(i), parts.get(i), gradients, scope))
            .toList());
    return loss.toFloatArray()[0];
  }

  private Supplier<NDList> encoding(B placed) {
    return () -> Gradients.recorded(() -> replicas.objective().encode(placed, true));
  }

  private Supplier<Part> goingBack(NDList rows, Part part, NDList gradients, NDManager scope) {
    return () -> {
      try (Gradients recorded = Gradients.record()) {
        recorded.backward(
            replicas.model().operations().innerProducts(part.onHost(scope), rows, gradients));
        return part;
      }
    };
  }
}
