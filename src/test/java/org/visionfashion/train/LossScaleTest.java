package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossScaleTest {

  @Test
  void aFixedOneNeverChanges() {
    assertThat(LossScale.NONE.grown()).isEqualTo(LossScale.NONE);
    assertThat(LossScale.NONE.canShrink()).isFalse();
  }

  @Test
  void halvesAtOnceAndDoublesAfterManyGoodSteps() {
    LossScale scale = LossScale.INITIAL.shrunk();
    assertThat(scale).isEqualTo(new LossScale(true, 32_768, 0, 1));
    for (int i = 0; i < LossScale.GROWTH_INTERVAL - 1; i++) {
      scale = scale.grown();
    }
    assertThat(scale).isEqualTo(new LossScale(true, 32_768, LossScale.GROWTH_INTERVAL - 1, 1));
    assertThat(scale.grown()).isEqualTo(new LossScale(true, 65_536, 0, 1));
    assertThat(scale.shrunk()).isEqualTo(new LossScale(true, 16_384, 0, 2));
  }

  @Test
  void staysBetweenOneAndTheLargest() {
    LossScale scale = new LossScale(true, 0x1p24, LossScale.GROWTH_INTERVAL - 1, 0).grown();
    assertThat(scale.factor()).isEqualTo(0x1p24);
    assertThat(new LossScale(true, 2, 0, 0).canShrink()).isTrue();
    assertThat(new LossScale(true, 1, 0, 0).canShrink()).isFalse();
  }

  @Test
  void skippedStepsAreTold() {
    assertThat(LossScale.INITIAL.shrunk().shrunk().summary(1200))
        .isEqualTo(
            "2 of 1,200 steps were skipped, their gradients were not finite; the loss scale is"
                + " 16,384");
  }
}
