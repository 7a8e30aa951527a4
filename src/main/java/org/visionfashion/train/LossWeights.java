package org.visionfashion.train;

import org.visionfashion.config.FinetuneConfig;

/**
 * How the terms of stage two are weighed beside the category loss.
 *
 * @param attribute the attribute loss, a mean over all attributes
 * @param positive within it, the attributes that a picture has
 * @param contrastive the loss of pairs, 0 = none
 */
public record LossWeights(double attribute, double positive, double contrastive) {

  static LossWeights of(FinetuneConfig config) {
    return new LossWeights(
        config.attributeWeight(), config.positiveWeight(), config.contrastiveWeight());
  }
}
