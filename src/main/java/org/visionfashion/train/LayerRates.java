package org.visionfashion.train;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.visionfashion.config.LayerRatesConfig;
import org.visionfashion.model.Architecture;

/**
 * The factor of each parameter's learning rate: that of its part of the model, times one of the
 * layer decay for each layer between it and the tower's end (Bao et al. 2022, BEiT, as published
 * code has it): with L layers the first one has decay^L, the last one decay, the embeddings below
 * decay^(L + 1), the norm and the pooler above 1.
 */
record LayerRates(LayerRatesConfig config, int imageLayers, int textLayers) {

  private static final Pattern LAYER = Pattern.compile("\\w+\\.encoder\\.layer\\.(\\d{1,9})\\..*");
  private static final Pattern INPUT = Pattern.compile("\\w+\\.(embeddings|pre_layernorm)\\..*");

  static LayerRates of(LayerRatesConfig config, Architecture architecture) {
    return new LayerRates(config, architecture.image().layers(), architecture.text().layers());
  }

  /** Of a parameter by its name in a checkpoint. */
  double factor(String parameter) {
    if (parameter.startsWith("image_encoder.")) {
      return config.imageFactor() * decay(parameter, imageLayers);
    }
    if (parameter.startsWith("text_encoder.")) {
      return config.textFactor() * decay(parameter, textLayers);
    }
    return config.headsFactor();
  }

  private double decay(String parameter, int layers) {
    Matcher layer = LAYER.matcher(parameter);
    if (layer.matches()) {
      return Math.pow(config.layerDecay(), layers - Integer.parseInt(layer.group(1)));
    }
    return INPUT.matcher(parameter).matches() ? Math.pow(config.layerDecay(), layers + 1.0) : 1;
  }
}
