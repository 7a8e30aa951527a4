package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * Pictures as a sequence: non-overlapping patches, row by row, projected to the width; a class
 * token first; learned positions added (Dosovitskiy et al. 2021, section 3.1).
 */
public final class PatchEmbedding {

  private final Parameters parameters;
  private final NDArray weight_DCPP;
  private final NDArray bias_D;
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
    this.parameters = parameters;
    cls_11D = parameters.create(name + ".cls_token", Initial.TRUNCATED_NORMAL, 1, 1, width);
    positions_1LD =
        parameters.create(
            name + ".position_embeddings",
            new Initial.SineCosine(rows, columns),
            1,
            (long) rows * columns + 1,
            width);
    String projection = name + ".patch_embeddings.projection";
    weight_DCPP =
        parameters.create(
            projection + ".weight", Initial.TRUNCATED_NORMAL, width, channels, patch, patch);
    bias_D = parameters.create(projection + ".bias", Initial.ZERO, width);
    constants = parameters.constants(dropout);
    noDropout = parameters.constants(0);
  }

  /** (B, C, H, W) normalised pixels to (B, 1 + patches, D). */
  public NDArray forward(NDArray pixels_BCHW, boolean training) {
    return parameters
        .operations()
        .call(
            "patch_embedding",
            pixels_BCHW,
            weight_DCPP,
            bias_D,
            cls_11D,
            positions_1LD,
            training ? constants : noDropout,
            parameters.matrixType(training));
  }
}
