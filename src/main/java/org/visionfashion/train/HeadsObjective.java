package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import org.visionfashion.engine.Operations;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;

/**
 * Stage two: category cross entropy plus attribute binary cross entropy on the image features. With
 * a contrastive weight the towers train along and an InfoNCE term keeps retrieval alive.
 */
public final class HeadsObjective implements Objective<DeviceBatch> {

  private final DualEncoder model;
  private final ContrastiveObjective contrastive;
  private final boolean trainImageEncoder;
  private final double contrastiveWeight;
  private final NDArray positiveWeight;
  private final NDArray headWeights;
  private final NDArray attributesAlone;
  private final NDArray termWeights;

  /**
   * @param trainImageEncoder whether the image tower trains along
   * @param weights of the terms; without a contrastive one the text tower and the projections do
   *     not train
   */
  public HeadsObjective(DualEncoder model, boolean trainImageEncoder, LossWeights weights) {
    this.model = model;
    this.trainImageEncoder = trainImageEncoder;
    this.contrastiveWeight = weights.contrastive();
    this.contrastive = new ContrastiveObjective(model, false);
    this.positiveWeight = model.constants(weights.positive());
    this.headWeights = model.constants(1, weights.attribute());
    this.attributesAlone = model.constants(weights.attribute(), 0);
    this.termWeights = model.constants(1, weights.contrastive());
  }

  @Override
  public boolean trains(String parameter) {
    if (parameter.startsWith("category_head.") || parameter.startsWith("attribute_head.")) {
      return true;
    }
    return contrastiveWeight > 0
        ? contrastive.trains(parameter)
        : trainImageEncoder && parameter.startsWith("image_encoder.");
  }

  @Override
  public NDArray loss(DeviceBatch batch, boolean training) {
    NDArray features_BD = model.imageFeatures(batch.pixels_BCHW(), training && trainImageEncoder);
    NDArray heads = headsLoss(features_BD, batch.category_B(), batch.attributes_BA());
    if (contrastiveWeight == 0) {
      return heads;
    }
    NDArray text_BE = model.textEmbeddings(batch.tokens(), training);
    NDArray infonce = contrastive.infonce(model.imageEmbeddings(features_BD), text_BE);
    return model.operations().call("weighted_sum", heads, infonce, termWeights);
  }

  /** The weighted sum of the losses of the heads that the model has, from image features (B, D). */
  NDArray headsLoss(NDArray features_BD, NDArray category_B, NDArray attributes_BA) {
    Operations operations = model.operations();
    Architecture sizes = model.architecture();
    if (sizes.attributes() == 0) {
      return operations.call("category_loss", model.categoryLogits(features_BD), category_B);
    }
    NDArray attributes =
        operations.call(
            "attribute_loss", model.attributeLogits(features_BD), attributes_BA, positiveWeight);
    if (sizes.categories() == 0) {
      return operations.call("weighted_sum", attributes, attributes, attributesAlone);
    }
    NDArray category =
        operations.call("category_loss", model.categoryLogits(features_BD), category_B);
    return operations.call("weighted_sum", category, attributes, headWeights);
  }
}
