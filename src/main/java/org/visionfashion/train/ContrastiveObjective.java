package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * Stage one: symmetric InfoNCE over the pairs of a batch (van den Oord et al. 2018; CLIP, figure
 * 3). The logit scale is 1 / tau, fixed or trained, at most {@code maxScale}.
 */
public final class ContrastiveObjective implements Objective<DeviceBatch> {

  private final DualEncoder model;
  private final boolean learnableTemperature;
  private final NDArray maxScale;

  public ContrastiveObjective(DualEncoder model, boolean learnableTemperature) {
    this.model = model;
    this.learnableTemperature = learnableTemperature;
    this.maxScale = model.constants(model.architecture().maxScale());
  }

  @Override
  public boolean trains(String parameter) {
    return switch (parameter) {
      case "logit_scale" -> learnableTemperature;
      default ->
          !parameter.startsWith("category_head.") && !parameter.startsWith("attribute_head.");
    };
  }

  /** Embeddings of length 1, image_PE and text_PE. */
  @Override
  public NDList encode(DeviceBatch examples, boolean training) {
    return new NDList(
        model.imageEmbeddings(model.imageFeatures(examples.pixels_BCHW(), training)),
        model.textEmbeddings(examples.tokens(), training));
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    return infonce(part, rows.get(0), rows.get(1));
  }

  /** InfoNCE of embeddings of length 1, row i of one paired with row i of the other. */
  NDArray infonce(NDArray part, NDArray image_BE, NDArray text_BE) {
    return model.operations().call("infonce", part, image_BE, text_BE, model.logScale(), maxScale);
  }
}
