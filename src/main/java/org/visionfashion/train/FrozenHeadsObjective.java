package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/** Stage two over frozen towers: the heads alone, on features (B, D) that were computed once. */
public final class FrozenHeadsObjective implements Objective<NDArray> {

  private final HeadsLoss heads;

  public FrozenHeadsObjective(DualEncoder model, HeadsLoss.Weights weights) {
    heads = new HeadsLoss(model, weights);
  }

  @Override
  public boolean trains(String parameter) {
    return HeadsLoss.trains(parameter);
  }

  @Override
  public boolean trainsEncoding() {
    return false;
  }

  @Override
  public NDList encode(NDArray features_BD, boolean training) {
    return new NDList(features_BD);
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    return heads.share(part, rows.get(0), labels);
  }
}
