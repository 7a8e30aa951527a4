package org.visionfashion.weights.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.ModelConfig.Activation;
import org.visionfashion.config.ModelConfig.Pooling;
import org.visionfashion.model.Architecture.ImageTower;
import org.visionfashion.model.Architecture.PatchGrid;
import org.visionfashion.model.Architecture.Projection;
import org.visionfashion.model.Architecture.Stem;
import org.visionfashion.nn.EncoderLayer.Sizes;

class TimmSiglipTest {

  /** Sizes and activations as timm has them; from the sizes the name again. */
  @ParameterizedTest
  @CsvSource({
    "vit_base_patch16_siglip_224, 768, 12, 12, 3072, 16, 224, GELU",
    "vit_base_patch32_siglip_256, 768, 12, 12, 3072, 32, 256, GELU_TANH",
    "vit_large_patch16_siglip_256, 1024, 24, 16, 4096, 16, 256, GELU",
    "vit_large_patch16_siglip_512, 1024, 24, 16, 4096, 16, 512, GELU_TANH",
    "vit_so400m_patch14_siglip_384, 1152, 27, 16, 4304, 14, 384, GELU",
    "vit_so400m_patch16_siglip_256, 1152, 27, 16, 4304, 16, 256, GELU_TANH",
    "vit_giantopt_patch16_siglip_384, 1536, 40, 16, 6144, 16, 384, GELU_TANH",
  })
  void namesAreSizes(
      String name,
      int width,
      int layers,
      int heads,
      int mlp,
      int patch,
      int side,
      Activation activation) {
    ImageTower tower =
        new ImageTower(
            new PatchGrid(side, side, patch),
            layers,
            new Sizes(width, heads, mlp, activation, 1e-6, 0),
            Stem.SIGLIP,
            Pooling.ATTENTION,
            Projection.NONE);
    assertThat(TimmSiglip.of(name))
        .hasValueSatisfying(known -> assertThat(known.is(tower)).isTrue());
    assertThat(TimmSiglip.nearest(tower)).isEqualTo(name);
  }

  @Test
  void otherTowersHaveNoSizes() {
    assertThat(TimmSiglip.of("vit_base_patch16_clip_224")).isEmpty();
    assertThat(TimmSiglip.of("resnet50")).isEmpty();
    assertThat(TimmSiglip.of("vit_base_patch16_siglip_224.webli")).isPresent();
  }
}
