package org.visionfashion.config;

/**
 * Stage two: category and attribute heads.
 *
 * @param microBatch examples that are encoded at once, where the towers train along
 * @param encoders whether the towers stand still (features are then computed once) or train along
 * @param attributeWeight weight of the attribute loss, a mean over all attributes, beside the
 *     category loss
 * @param positiveWeight weight, within the attribute loss, of the attributes that a picture has:
 *     above 1 the heads answer a doubt with yes rather than with no
 * @param contrastiveWeight weight of the loss of pairs that keeps retrieval alive when they train
 * @param patience epochs without a better validation score before the stage stops, 0 = never
 */
public record FinetuneConfig(
    int epochs,
    int batch,
    MicroBatch microBatch,
    Encoders encoders,
    double attributeWeight,
    double positiveWeight,
    double contrastiveWeight,
    int patience,
    OptimizerConfig optimizer,
    AugmentConfig augment) {

  /** What happens to the towers in stage two. */
  public enum Encoders {
    FROZEN,
    TRAINABLE
  }
}
