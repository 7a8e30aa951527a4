package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import org.visionfashion.model.DualEncoder;

/** Stage two over frozen towers: the heads alone, on features that were computed once. */
public final class FrozenHeadsObjective implements Objective<FeatureBatch> {

  private final HeadsObjective heads;

  public FrozenHeadsObjective(DualEncoder model, LossWeights weights) {
    heads = new HeadsObjective(model, false, weights.withoutContrastive());
  }

  @Override
  public boolean trains(String parameter) {
    return heads.trains(parameter);
  }

  @Override
  public NDArray loss(FeatureBatch batch, boolean training) {
    return heads.headsLoss(batch.features_BD(), batch.category_B(), batch.attributes_BA());
  }
}
