package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import org.visionfashion.config.FinetuneConfig;
import org.visionfashion.model.Architecture;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * Category cross entropy plus attribute binary cross entropy on the image features, as far as the
 * model has these heads.
 */
public final class HeadsLoss {

  private final DualEncoder model;
  private final NDArray positiveWeight;
  private final NDArray headWeights;
  private final NDArray attributesAlone;

  /**
   * How the terms of stage two are weighed beside the category loss.
   *
   * @param attribute the attribute loss, a mean over all attributes
   * @param positive within it, the attributes that a picture has
   * @param contrastive the loss of pairs, 0 = none
   */
  public record Weights(double attribute, double positive, double contrastive) {

    static Weights of(FinetuneConfig config) {
      return new Weights(
          config.attributeWeight(), config.positiveWeight(), config.contrastiveWeight());
    }
  }

  HeadsLoss(DualEncoder model, Weights weights) {
    this.model = model;
    this.positiveWeight = model.constants(weights.positive());
    this.headWeights = model.constants(1, weights.attribute());
    this.attributesAlone = model.constants(weights.attribute(), 0);
  }

  static boolean trains(String parameter) {
    return parameter.startsWith("category_head.") || parameter.startsWith("attribute_head.");
  }

  /** The share of a part in the loss of a batch of image features (B, D). */
  NDArray share(NDArray part, NDArray features_BD, Labels labels) {
    Architecture sizes = model.architecture();
    NDArray features_PD = model.operations().call("rows", part, features_BD);
    if (sizes.attributes() == 0) {
      return category(part, features_PD, labels);
    }
    NDArray attributes = attributes(part, features_PD, labels);
    if (sizes.categories() == 0) {
      return model.operations().call("weighted_sum", attributes, attributes, attributesAlone);
    }
    NDArray category = category(part, features_PD, labels);
    return model.operations().call("weighted_sum", category, attributes, headWeights);
  }

  private NDArray category(NDArray part, NDArray features_PD, Labels labels) {
    NDArray logits_PC = model.categoryLogits(features_PD);
    return model.operations().call("category_loss", part, logits_PC, labels.category_B());
  }

  private NDArray attributes(NDArray part, NDArray features_PD, Labels labels) {
    NDArray logits_PA = model.attributeLogits(features_PD);
    return model
        .operations()
        .call("attribute_loss", part, logits_PA, labels.attributes_BA(), positiveWeight);
  }
}
