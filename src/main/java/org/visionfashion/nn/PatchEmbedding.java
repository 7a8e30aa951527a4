package org.visionfashion.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.visionfashion.nn.ParameterValues.Initial;

/**
 * Pictures as a sequence: non-overlapping patches, row by row, projected to the width; a class
 * token first where there is one; learned positions added (Dosovitskiy et al. 2021, section 3.1).
 */
public final class PatchEmbedding {

  private final MatmulOperands projection;
  private final NDArray cls_11D;
  private final NDArray positions_1LD;
  private final NDArray constants;
  private final NDArray noDropout;

  /**
   * The patches of a picture.
   *
   * @param patch side of a patch in pixels
   * @param rows of patches
   * @param columns of patches
   * @param classToken whether a learned token stands before them
   * @param bias whether the projection has one
   */
  public record Sizes(
      int channels, int patch, int rows, int columns, boolean classToken, boolean bias) {}

  public PatchEmbedding(
      Parameters parameters, String name, Sizes sizes, int width, double dropout) {
    int tokens = sizes.classToken() ? 1 : 0;
    cls_11D =
        sizes.classToken()
            ? parameters.create(name + ".cls_token", Initial.TRUNCATED_NORMAL, 1, 1, width)
            : parameters.manager().zeros(new Shape(1, 0, width));
    positions_1LD =
        parameters.create(
            name + ".position_embeddings",
            new Initial.SineCosine(tokens, sizes.rows(), sizes.columns()),
            1,
            (long) sizes.rows() * sizes.columns() + tokens,
            width);
    String dense = name + ".patch_embeddings.projection";
    NDArray weight_DCPP =
        parameters.create(
            dense + ".weight",
            Initial.TRUNCATED_NORMAL,
            width,
            sizes.channels(),
            sizes.patch(),
            sizes.patch());
    NDArray bias_D =
        sizes.bias()
            ? parameters.create(dense + ".bias", Initial.ZERO, width)
            : parameters.manager().zeros(new Shape(width));
    projection = new MatmulOperands(parameters, "patch_products", List.of(weight_DCPP, bias_D));
    constants = parameters.constants(dropout);
    noDropout = parameters.constants(0);
  }

  /** (B, C, H, W) normalised pixels to (B, L, D): the patches, behind the class token if any. */
  public NDArray forward(NDArray pixels_BCHW, boolean training) {
    return projection.call(
        "patch_embedding",
        training,
        List.of(pixels_BCHW),
        List.of(cls_11D, positions_1LD, training ? constants : noDropout));
  }
}
