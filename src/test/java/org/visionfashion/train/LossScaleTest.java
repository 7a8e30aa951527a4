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
    LossScale scale = LossScale.INITIAL.afterSkip();
    assertThat(scale).isEqualTo(new LossScale(true, 32_768, 0, 1));
    for (int i = 0; i < LossScale.GROWTH_INTERVAL - 1; i++) {
      scale = scale.grown();
    }
    assertThat(scale).isEqualTo(new LossScale(true, 32_768, LossScale.GROWTH_INTERVAL - 1, 1));
    assertThat(scale.grown()).isEqualTo(new LossScale(true, 65_536, 0, 1));
    assertThat(scale.afterSkip()).isEqualTo(new LossScale(true, 16_384, 0, 2));
  }

  @Test
  void staysBetweenOneAndTheLargest() {
    LossScale scale = new LossScale(true, 0x1p24, LossScale.GROWTH_INTERVAL - 1, 0).grown();
    assertThat(scale.factor()).isEqualTo(0x1p24);
    assertThat(new LossScale(true, 2, 0, 0).canShrink()).isTrue();
    LossScale least = new LossScale(true, 1, 5, 0);
    assertThat(least.canShrink()).isFalse();
    assertThat(least.afterSkip()).as("counted").isEqualTo(new LossScale(true, 1, 0, 1));
    assertThat(LossScale.NONE.afterSkip()).isEqualTo(LossScale.NONE);
  }

  @Test
  void skippedStepsAreTold() {
    assertThat(LossScale.INITIAL.afterSkip().afterSkip().summary(1200))
        .contains("2 of 1,200 steps", "16,384");
  }
}
