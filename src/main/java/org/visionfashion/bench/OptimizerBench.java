package org.visionfashion.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.visionfashion.config.Binder;
import org.visionfashion.config.OptimizerConfig;
import org.visionfashion.engine.Gradients;
import org.visionfashion.engine.Machine;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.nn.RandomValues;
import org.visionfashion.train.AdamW;

/**
 * The optimizer alone, over all parameters of a model: gradient norm, clipping, update, zeroing.
 */
public final class OptimizerBench {

  private static final int WARM_UP = 3;
  private static final OptimizerConfig ADAMW =
      Binder.of(OptimizerConfig.class, "lr=1e-5", "schedule=constant", "warmup=0");

  private OptimizerBench() {}

  /** The report of {@code bench optimizer}. */
  public static Report run(Preset preset, int repetitions, Device device) {
    double[] norm = new double[repetitions];
    double[] step = new double[repetitions];
    long parameters;
    try (DualEncoder model =
            new DualEncoder(preset.architecture(), device, new RandomValues(1, 0.02));
        AdamW optimizer =
            new AdamW(model.operations(), model.newScope(), model.parameters(), ADAMW)) {
      parameters = model.parameterCount();
      for (int i = -WARM_UP; i < repetitions; i++) {
        differentiate(model);
        long start = System.nanoTime();
        double length = optimizer.gradientNorm(); // waits for the device
        norm[Math.max(i, 0)] = Clock.millisecondsSince(start);
        start = System.nanoTime();
        optimizer.step(ADAMW.lr(), length, 1);
        model.logScale().toFloatArray(); // waits for the device
        step[Math.max(i, 0)] = Clock.millisecondsSince(start);
      }
    }
    return new Report(
            "The optimizer of %s, %,d parameters, on %s"
                .formatted(preset, parameters, Machine.describe(device)))
        .add("norm_ms", Measured.of(norm))
        .add("optimizer_ms", Measured.of(step))
        .add("parameters_per_second", Measured.of(step).map(ms -> 1000 * parameters / ms));
  }

  /** Every parameter as its own gradient: the cheapest loss that reaches all of them. */
  private static void differentiate(DualEncoder model) {
    for (NDArray parameter : model.parameters().values()) {
      try (NDManager scope = model.newScope();
          Gradients recorded = Gradients.record()) {
        NDArray gradient = scope.ones(parameter.getShape());
        recorded.backward(parameter, gradient);
      }
    }
  }
}
