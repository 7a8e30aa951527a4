package org.visionfashion.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.visionfashion.config.MicroBatch;
import org.visionfashion.engine.Memory;
import org.visionfashion.engine.NativeArrays;

/**
 * How batches are cut into parts that are encoded at once. Where the size is left to the memory of
 * the device, it is halved after each failure, and stays so.
 */
final class Parts {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final MicroBatch config;
  private final long room;
  private int fitting;

  /**
   * Neighbouring examples of a batch that are encoded at once.
   *
   * @param index from 0
   * @param start its first example
   * @param end the one behind its last
   */
  record Part(int index, int start, int end) {

    /** A batch as a single part. */
    static Part whole(int size) {
      return new Part(0, 0, size);
    }

    /** As operations take it. */
    NDArray onHost(NDManager scope) {
      return NativeArrays.onHost(scope, DataType.FLOAT32, start, end);
    }
  }

  /**
   * @param room examples that there is memory for by an estimate; only {@link MicroBatch#AUTO} asks
   */
  Parts(MicroBatch config, long room) {
    this.config = config;
    this.room = room;
  }

  /** Cuts {@code size} examples into parts of {@code most}; the last one has what is left. */
  static List<Part> cut(int size, int most) {
    List<Part> parts = new ArrayList<>();
    for (int start = 0; start < size; start += most) {
      parts.add(new Part(parts.size(), start, Math.min(size, start + most)));
    }
    return parts;
  }

  /** The part size that memory was found to be enough for; 0 = unknown. Part of a run's state. */
  int fitting() {
    return fitting;
  }

  /** Continues with the part size of a saved state. */
  void resume(int examples) {
    fitting = examples;
  }

  /** How many of a device's {@code share} examples are encoded at once. */
  int size(int share) {
    int most = config.auto() ? fitting : config.size();
    return most == 0 ? share : Math.min(share, most);
  }

  /** Before the first batch that by the estimate has no room: begins with a part that has. */
  void estimate(int share) {
    if (config.auto() && fitting == 0 && share > room) {
      fitting = share;
      while (fitting > Math.max(1, room)) {
        fitting = half(fitting);
      }
      LOG.info("Memory fits about {} examples at a time; using a micro-batch of {}", room, fitting);
    }
  }

  /**
   * After a failure: halves the parts, if memory was what was missing and smaller ones are allowed.
   *
   * @throws EngineException the failure, where it had another cause
   * @throws TrainingException naming the remedy, where the size was set by the user
   */
  void halveAfter(EngineException failure, int share) {
    if (!Memory.isExhausted(failure)) {
      throw failure;
    }
    int tooMany = size(share);
    if (tooMany == 1) {
      throw new TrainingException(
          "out of memory with a single example: this model is too large for this device");
    }
    if (!config.auto()) {
      throw new TrainingException(
          "out of memory with a micro-batch of %d: set micro_batch to auto, or below %d"
              .formatted(tooMany, tooMany));
    }
    fitting = half(tooMany);
    LOG.warn("Out of memory with a micro-batch of {}; retrying with {}", tooMany, fitting);
  }

  private static int half(int number) {
    return (number + 1) / 2;
  }
}
