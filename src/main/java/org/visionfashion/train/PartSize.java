package org.visionfashion.train;

import ai.djl.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.engine.Memory;

/**
 * How many examples are encoded at once. Where that is left to the memory of the device, it is half
 * as many after each failure, and stays so.
 */
final class PartSize {

  private static final Logger LOG = LoggerFactory.getLogger(PartSize.class);

  private final MicroBatch config;
  private final long room;
  private int fitting;

  /**
   * @param room examples that there is memory for by an estimate; only {@link MicroBatch#AUTO} asks
   */
  PartSize(MicroBatch config, long room) {
    this.config = config;
    this.room = room;
  }

  /** The most examples that had to do, 0 while that was not found out; part of a run's state. */
  int fitting() {
    return fitting;
  }

  /** Goes on from a state. */
  void resume(int examples) {
    fitting = examples;
  }

  /** How many examples of a batch to take at once. */
  int of(int batch) {
    if (!config.auto()) {
      return config.size() == 0 ? batch : Math.min(batch, config.size());
    }
    if (fitting == 0 && batch > room) {
      fitting = batch;
      while (fitting > Math.max(1, room)) {
        fitting = half(fitting);
      }
      LOG.info("There is memory for about {} examples at once: takes {}", room, fitting);
    }
    return fitting == 0 ? batch : Math.min(batch, fitting);
  }

  /**
   * After a failure: fewer, if memory was what it lacked and fewer are possible.
   *
   * @throws EngineException the failure, where it was another one
   * @throws TrainingException what to do, where the number was the user's
   */
  void shrink(int batch, EngineException failure) {
    if (!Memory.isExhausted(failure)) {
      throw failure;
    }
    int tooMany = of(batch);
    if (tooMany == 1) {
      throw new TrainingException(
          "out of memory with a single example: this model is too large for this device");
    }
    if (!config.auto()) {
      throw new TrainingException(
          "out of memory with %d examples at once: set micro_batch to auto, or below %d"
              .formatted(tooMany, tooMany));
    }
    fitting = half(tooMany);
    LOG.warn("Out of memory with {} examples at once: goes on with {}", tooMany, fitting);
  }

  private static int half(int number) {
    return (number + 1) / 2;
  }
}
