package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * Pictures as a sequence: non-overlapping patches, row by row, projected to the width; a class
 * token first; learned positions added (Dosovitskiy et al. 2021, section 3.1).
 */
public final class PatchEmbedding {

  private final MatmulOperands projection;
  private final NDArray cls_11D;
  private final NDArray positions_1LD;
  private final NDArray constants;
  private final NDArray noDropout;

  public PatchEmbedding(
      Parameters parameters,
      String name,
      int channels,
      int patch,
      int rows,
      int columns,
      int width,
      double dropout) {
    cls_11D = parameters.create(name + ".cls_token", Initial.TRUNCATED_NORMAL, 1, 1, width);
    positions_1LD =
        parameters.create(
            name + ".position_embeddings",
            new Initial.SineCosine(rows, columns),
            1,
            (long) rows * columns + 1,
            width);
    String dense = name + ".patch_embeddings.projection";
    NDArray weight_DCPP =
        parameters.create(
            dense + ".weight", Initial.TRUNCATED_NORMAL, width, channels, patch, patch);
    NDArray bias_D = parameters.create(dense + ".bias", Initial.ZERO, width);
    projection = new MatmulOperands(parameters, "patch_products", List.of(weight_DCPP, bias_D));
    constants = parameters.constants(dropout);
    noDropout = parameters.constants(0);
  }

  /** (B, C, H, W) normalised pixels to (B, 1 + patches, D). */
  public NDArray forward(NDArray pixels_BCHW, boolean training) {
    return projection.call(
        "patch_embedding",
        training,
        List.of(pixels_BCHW),
        List.of(cls_11D, positions_1LD, training ? constants : noDropout));
  }
}
