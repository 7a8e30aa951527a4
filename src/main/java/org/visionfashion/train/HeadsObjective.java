package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.visionfashion.engine.Operations;
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
  private final NDArray sum;
  private final NDArray weightedSum;

  /**
   * @param trainImageEncoder whether the image tower trains along
   * @param contrastiveWeight weight of the InfoNCE term, 0 = none; the text tower and the
   *     projections train only with it
   */
  public HeadsObjective(DualEncoder model, boolean trainImageEncoder, double contrastiveWeight) {
    this.model = model;
    this.trainImageEncoder = trainImageEncoder;
    this.contrastiveWeight = contrastiveWeight;
    this.contrastive = new ContrastiveObjective(model, false);
    this.sum = model.constants(1, 1);
    this.weightedSum = model.constants(1, contrastiveWeight);
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
    return model.operations().call("weighted_sum", heads, infonce, weightedSum);
  }

  /** The losses of the heads that the model has, added, from image features (B, D). */
  NDArray headsLoss(NDArray features_BD, NDArray category_B, NDArray attributes_BA) {
    Operations operations = model.operations();
    List<NDArray> losses = new ArrayList<>();
    if (model.architecture().categories() > 0) {
      losses.add(operations.call("category_loss", model.categoryLogits(features_BD), category_B));
    }
    if (model.architecture().attributes() > 0) {
      losses.add(
          operations.call("attribute_loss", model.attributeLogits(features_BD), attributes_BA));
    }
    return losses.size() == 1
        ? losses.get(0)
        : operations.call("weighted_sum", losses.get(0), losses.get(1), sum);
  }
}
