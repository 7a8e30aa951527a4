package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.LayerRatesConfig;

/** The rates of each part of a model of 12 and 6 layers, worked out by hand. */
class LayerRatesTest {

  private static final LayerRates RATES =
      new LayerRates(
          Binder.of(
              LayerRatesConfig.class,
              "layer_decay=0.5",
              "image_factor=2",
              "text_factor=3",
              "heads_factor=10"),
          12,
          6);

  @ParameterizedTest
  @CsvSource({
    "image_encoder.embeddings.patch_embeddings.projection.weight, 13, 2",
    "image_encoder.embeddings.cls_token, 13, 2",
    "image_encoder.pre_layernorm.weight, 13, 2",
    "image_encoder.encoder.layer.0.attention.attention.query.weight, 12, 2",
    "image_encoder.encoder.layer.10.output.dense.bias, 2, 2",
    "image_encoder.encoder.layer.11.layernorm_after.bias, 1, 2",
    "image_encoder.layernorm.weight, 0, 2",
    "text_encoder.embeddings.LayerNorm.bias, 7, 3",
    "text_encoder.encoder.layer.5.output.dense.weight, 1, 3",
    "text_encoder.pooler.dense.weight, 0, 3",
    "image_projection.weight, 0, 10",
    "category_head.bias, 0, 10",
    "logit_scale, 0, 10"
  })
  void ofEachPart(String parameter, int halvings, double factor) {
    assertThat(RATES.factor(parameter)).isCloseTo(factor * Math.pow(0.5, halvings), within(1e-15));
  }
}
