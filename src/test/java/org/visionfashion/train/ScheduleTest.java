package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visionfashion.config.Binder;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.config.OptimizerConfig.ScheduleKind;

/** Rates by pencil, plateaus by PyTorch's rules. */
class ScheduleTest {

  private static double rate(
      ScheduleKind kind, double warmup, int step, int steps, double... losses) {
    OptimizerConfig config =
        Binder.of(
            OptimizerConfig.class,
            "lr=2",
            "warmup=" + warmup,
            "plateau_factor=0.1",
            "plateau_patience=1",
            "schedule=" + kind.name().toLowerCase(Locale.ROOT));
    List<Double> list = new ArrayList<>();
    for (double loss : losses) {
      list.add(loss);
    }
    return Schedule.rate(config, step, steps, list);
  }

  @Test
  void cosineByPencil() {
    // 4 steps of warmup, then 12 of half a cosine from 2 down.
    double[] expected = {0.5, 1, 1.5, 2, 2};
    for (int step = 0; step < expected.length; step++) {
      assertThat(rate(ScheduleKind.COSINE, 0.25, step, 16)).isEqualTo(expected[step]);
    }
    assertThat(rate(ScheduleKind.COSINE, 0.25, 8, 16)).isCloseTo(1.5, within(1e-12)); // 60 degrees
    assertThat(rate(ScheduleKind.COSINE, 0.25, 10, 16)).isCloseTo(1, within(1e-12)); // 90
    assertThat(rate(ScheduleKind.COSINE, 0.25, 12, 16)).isCloseTo(0.5, within(1e-12)); // 120
    assertThat(rate(ScheduleKind.COSINE, 0.25, 15, 16)).isBetween(0.03, 0.04); // 1 + cos 165
    assertThat(rate(ScheduleKind.COSINE, 0, 0, 16)).isEqualTo(2);
  }

  @Test
  void constantRisesAndStays() {
    assertThat(rate(ScheduleKind.CONSTANT, 0.5, 0, 8)).isEqualTo(0.5);
    assertThat(rate(ScheduleKind.CONSTANT, 0.5, 3, 8)).isEqualTo(2);
    assertThat(rate(ScheduleKind.CONSTANT, 0.5, 7, 8)).isEqualTo(2);
    assertThat(rate(ScheduleKind.CONSTANT, 0, 0, 8)).isEqualTo(2);
  }

  @Test
  void plateauByPencil() {
    // Patience 1: the second epoch in a row without gain takes the factor, and the count begins
    // anew.
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8)).isEqualTo(2);
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 5)).isEqualTo(2);
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 5, 5)).isCloseTo(0.2, within(1e-12));
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 5, 4, 5)).isEqualTo(2);
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 6, 6, 6)).isCloseTo(0.2, within(1e-12));
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 6, 6, 6, 6)).isCloseTo(0.02, within(1e-12));
    // A gain of less than 1e-4 is none.
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 4.9996, 4.9996)).isCloseTo(0.2, within(1e-9));
    assertThat(rate(ScheduleKind.PLATEAU, 0, 0, 8, 5, 4.9994, 4.9994)).isEqualTo(2);
    assertThat(rate(ScheduleKind.PLATEAU, 0.5, 0, 8, 5, 5, 5)).isCloseTo(0.05, within(1e-12));
  }

  /**
   * ReduceLROnPlateau with its defaults, as its documentation tells it: one object, step by step.
   */
  private static final class Reference {

    private final double factor;
    private final int patience;
    private double rate = 1;
    private double best = Double.POSITIVE_INFINITY;
    private int badEpochs;

    Reference(double factor, int patience) {
      this.factor = factor;
      this.patience = patience;
    }

    void step(double metric) {
      boolean better = metric < best * (1 - 1e-4);
      best = better ? metric : best;
      badEpochs = better ? 0 : badEpochs + 1;
      if (badEpochs > patience) {
        rate *= factor;
        badEpochs = 0;
      }
    }
  }

  @Test
  void plateauAgainstAStatefulReference() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int patience = random.nextInt(4);
      Reference reference = new Reference(0.5, patience);
      List<Double> losses = new ArrayList<>();
      for (int epoch = 0; epoch < 30; epoch++) {
        double loss = 3 / (1.0 + epoch) + random.nextDouble();
        losses.add(loss);
        reference.step(loss);
        assertThat(Schedule.plateau(0.5, patience, losses))
            .as("seed " + seed)
            .isEqualTo(reference.rate);
      }
    }
  }
}
