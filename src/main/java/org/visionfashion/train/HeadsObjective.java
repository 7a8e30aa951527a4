package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

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

  /** Image features (P, D); with a contrastive term the embeddings, image_PE and text_PE, too. */
  @Override
  public NDList encode(DeviceBatch examples, boolean training) {
    NDArray features_PD =
        model.imageFeatures(examples.pixels_BCHW(), training && trainImageEncoder);
    return contrastiveWeight == 0
        ? new NDList(features_PD)
        : new NDList(
            features_PD,
            model.imageEmbeddings(features_PD),
            model.textEmbeddings(examples.tokens(), training));
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    NDArray heads = headsLoss(part, rows.get(0), labels);
    if (contrastiveWeight == 0) {
      return heads;
    }
    NDArray infonce = contrastive.infonce(part, rows.get(1), rows.get(2));
    return model.operations().call("weighted_sum", heads, infonce, termWeights);
  }

  /** The weighted sum of the losses of the heads that the model has, from image features (B, D). */
  private NDArray headsLoss(NDArray part, NDArray features_BD, Labels labels) {
    Architecture sizes = model.architecture();
    NDArray features_PD = model.operations().call("rows", part, features_BD);
    if (sizes.attributes() == 0) {
      return categoryLoss(part, features_PD, labels);
    }
    NDArray attributes = attributeLoss(part, features_PD, labels);
    if (sizes.categories() == 0) {
      return model.operations().call("weighted_sum", attributes, attributes, attributesAlone);
    }
    NDArray category = categoryLoss(part, features_PD, labels);
    return model.operations().call("weighted_sum", category, attributes, headWeights);
  }

  private NDArray categoryLoss(NDArray part, NDArray features_PD, Labels labels) {
    NDArray logits_PC = model.categoryLogits(features_PD);
    return model.operations().call("category_loss", part, logits_PC, labels.category_B());
  }

  private NDArray attributeLoss(NDArray part, NDArray features_PD, Labels labels) {
    NDArray logits_PA = model.attributeLogits(features_PD);
    return model
        .operations()
        .call("attribute_loss", part, logits_PA, labels.attributes_BA(), positiveWeight);
  }
}
