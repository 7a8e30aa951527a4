package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * Stage two with an image tower that trains along. With a contrastive weight the text tower does,
 * too, and a loss of pairs keeps retrieval alive; its scale and bias stay as stage one left them.
 */
public final class HeadsObjective implements Objective<DeviceBatch> {

  private final DualEncoder model;
  private final HeadsLoss heads;
  private final ContrastiveObjective contrastive;
  private final double contrastiveWeight;
  private final NDArray termWeights;

  /**
   * @param weights of the terms; without a contrastive one the text tower and the projections do
   *     not train
   * @param pairs the contrastive term, where it has a weight
   */
  public HeadsObjective(DualEncoder model, HeadsLoss.Weights weights, ObjectiveConfig pairs) {
    this.model = model;
    this.heads = new HeadsLoss(model, weights);
    this.contrastive = new ContrastiveObjective(model, pairs);
    this.contrastiveWeight = weights.contrastive();
    this.termWeights = model.constants(1, weights.contrastive());
  }

  @Override
  public boolean trains(String parameter) {
    if (HeadsLoss.trains(parameter)) {
      return true;
    }
    return contrastiveWeight > 0
        ? contrastive.trains(parameter) && !parameter.startsWith("logit_")
        : parameter.startsWith("image_encoder.");
  }

  /** Image features (P, D); with a contrastive term the embeddings, image_PE and text_PE, too. */
  @Override
  public NDList encode(DeviceBatch examples, boolean training) {
    NDArray features_PD = model.imageFeatures(examples.pixels_BCHW(), training);
    return contrastiveWeight == 0
        ? new NDList(features_PD)
        : new NDList(
            features_PD,
            model.imageEmbeddings(features_PD),
            model.textEmbeddings(examples.tokens(), training));
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    NDArray share = heads.share(part, rows.get(0), labels);
    if (contrastiveWeight == 0) {
      return share;
    }
    NDArray pairs = contrastive.share(part, rows.get(1), rows.get(2), labels);
    return model.operations().call("weighted_sum", share, pairs, termWeights);
  }
}
