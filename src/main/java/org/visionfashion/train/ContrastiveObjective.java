package org.visionfashion.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.config.ObjectiveConfig.MultiPositive;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/**
 * Stage one: which picture belongs to which caption of a batch. Symmetric InfoNCE (van den Oord et
 * al. 2018; CLIP, figure 3), with a logit scale of 1 / tau, fixed or trained, at most {@code
 * maxScale} (see {@link ObjectiveConfig.TemperatureClamp}); or the sigmoid loss (Zhai et al. 2023,
 * SigLIP, algorithm 1), with a bias beside it.
 */
public final class ContrastiveObjective implements Objective<DeviceBatch> {

  private final DualEncoder model;
  private final ObjectiveConfig config;
  private final NDArray constants;

  public ContrastiveObjective(DualEncoder model, ObjectiveConfig config) {
    this.model = model;
    this.config = config;
    this.constants =
        model.constants(
            config.multiPositive() == MultiPositive.TRUE ? 1 : 0,
            config.labelSmoothing(),
            clampsParameter()
                ? Double.POSITIVE_INFINITY
                : model.architecture().similarity().maxScale());
  }

  /** Whether a trained scale is kept in its bounds outside the graph. */
  private boolean clampsParameter() {
    return config.loss() == ObjectiveConfig.Loss.INFONCE
        && config.learnableTemperature()
        && config.temperatureClamp() == ObjectiveConfig.TemperatureClamp.PARAMETER;
  }

  @Override
  public void afterStep() {
    if (clampsParameter()) {
      model.clampScale();
    }
  }

  @Override
  public boolean trains(String parameter) {
    return switch (parameter) {
      case "logit_scale" -> config.learnableTemperature();
      case "logit_bias" -> config.loss() == ObjectiveConfig.Loss.SIGMOID;
      default -> !HeadsLoss.trains(parameter);
    };
  }

  /** Embeddings of length 1, image_PE and text_PE. */
  @Override
  public NDList encode(DeviceBatch examples, boolean training) {
    return new NDList(
        model.imageEmbeddings(model.imageFeatures(examples.pixels_BCHW(), training)),
        model.textEmbeddings(examples.tokens(), training));
  }

  @Override
  public NDArray loss(NDList rows, Labels labels, NDArray part) {
    return share(part, rows.get(0), rows.get(1), labels);
  }

  /** The share of a part in the loss of a batch of embeddings of length 1, pair by pair. */
  NDArray share(NDArray part, NDArray image_BE, NDArray text_BE, Labels labels) {
    NDArray caption_B = labels.caption_B();
    NDArray scale = model.logScale();
    return switch (config.loss()) {
      case INFONCE ->
          model.operations().call("infonce", part, image_BE, text_BE, caption_B, scale, constants);
      case SIGMOID ->
          model
              .operations()
              .call(
                  "sigmoid_loss",
                  part,
                  image_BE,
                  text_BE,
                  caption_B,
                  scale,
                  model.logitBias(),
                  constants);
    };
  }
}
