package org.visionfashion.train;

import java.util.List;
import java.util.Map;

/**
 * A step that was not made.
 *
 * @param stage {@code contrastive} or {@code finetune}
 * @param epoch from 1
 * @param step from 1, over the whole stage
 * @param loss of the batch
 * @param gradientNorm of all gradients
 * @param gradientNorms by parameter
 * @param ids of the batch's examples
 */
public record BadStep(
    String stage,
    int epoch,
    long step,
    double loss,
    double gradientNorm,
    Map<String, Double> gradientNorms,
    List<String> ids) {}
