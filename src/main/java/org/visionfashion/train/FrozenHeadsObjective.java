package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/** Stage two over frozen towers: the heads alone, on features (B, D) that were computed once. */
public final class FrozenHeadsObjective implements Objective<NDArray> {

  private final HeadsObjective heads;

  public FrozenHeadsObjective(DualEncoder model, LossWeights weights) {
    heads = new HeadsObjective(model, false, weights.withoutContrastive());
  }

  @Override
  public boolean trains(String parameter) {
    return heads.trains(parameter);
  }

  @Override
  public NDList encode(NDArray features_BD, boolean training) {
    return new NDList(features_BD);
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    return heads.loss(rows, labels, part);
  }
}
