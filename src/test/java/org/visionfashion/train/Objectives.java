package org.visionfashion.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.concurrent.atomic.AtomicInteger;
import org.visionfashion.config.Binder;
import org.visionfashion.config.ObjectiveConfig;
import org.visionfashion.model.DeviceBatch;
import org.visionfashion.model.DualEncoder;
import org.visionfashion.model.Labels;

/** Objectives of the usual kinds. */
public final class Objectives {

  private static final ObjectiveConfig LEARNABLE =
      Binder.of(ObjectiveConfig.class, "learnable_temperature=true", "temperature_clamp=forward");

  private Objectives() {}

  /** InfoNCE at a fixed temperature. */
  public static Objective<DeviceBatch> infonce(DualEncoder model) {
    return new ContrastiveObjective(model, ObjectiveConfig.INFONCE);
  }

  /** InfoNCE at a temperature that is trained. */
  public static Objective<DeviceBatch> learnable(DualEncoder model) {
    return new ContrastiveObjective(model, LEARNABLE);
  }

  /** The heads, the towers training along. */
  public static Objective<DeviceBatch> heads(DualEncoder model, HeadsLoss.Weights weights) {
    return new HeadsObjective(model, weights, ObjectiveConfig.INFONCE);
  }

  /** The heads over a frozen tower whose features are computed each time. */
  public static Objective<DeviceBatch> frozenHeads(DualEncoder model, HeadsLoss.Weights weights) {
    Objective<NDArray> heads = new FrozenHeadsObjective(model, weights);
    return new Objective<>() {
      @Override
      public boolean trains(String parameter) {
        return heads.trains(parameter);
      }

      @Override
      public NDList encode(DeviceBatch examples, boolean training) {
        return heads.encode(model.imageFeatures(examples.pixels_BCHW(), false), training);
      }

      @Override
      public NDArray loss(NDList rows, Labels labels, NDArray part) {
        return heads.loss(rows, labels, part);
      }
    };
  }

  /** An objective on a device with memory for so many examples; counts what did not fit. */
  public static Objective<DeviceBatch> forAtMost(
      int most, Objective<DeviceBatch> objective, AtomicInteger failures) {
    return new Objective<>() {
      @Override
      public boolean trains(String parameter) {
        return objective.trains(parameter);
      }

      @Override
      public NDList encode(DeviceBatch examples, boolean training) {
        NDList rows = objective.encode(examples, training);
        if (rows.get(0).getShape().get(0) > most) {
          failures.incrementAndGet();
          throw new EngineException("DefaultCPUAllocator: can't allocate memory: you tried to ...");
        }
        return rows;
      }

      @Override
      public NDArray loss(NDList rows, Labels labels, NDArray part) {
        return objective.loss(rows, labels, part);
      }
    };
  }
}
