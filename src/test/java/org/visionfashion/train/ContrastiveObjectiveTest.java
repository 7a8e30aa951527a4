package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.Binder;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Golden;

/** Which scale is kept within its bound after a step. */
class ContrastiveObjectiveTest {

  @ParameterizedTest
  @CsvSource({
    "infonce, true, parameter, 4.605170",
    "infonce, true, forward, 5",
    "infonce, false, parameter, 5",
    "sigmoid, true, parameter, 5"
  })
  void aTrainedScaleIsBoundedWhereCosinesCompete(
      String loss, boolean learnable, String clamp, double after) {
    ObjectiveConfig config =
        Binder.of(
            ObjectiveConfig.class,
            "loss=" + loss,
            "learnable_temperature=" + learnable,
            "temperature_clamp=" + clamp);
    try (DualEncoder model = Golden.model()) {
      model.operations().assign(model.logScale(), new float[] {5});
      new ContrastiveObjective(model, config).afterStep();
      assertThat((double) model.logScale().toFloatArray()[0]).isCloseTo(after, within(1e-6));
    }
  }
}
