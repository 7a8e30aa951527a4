package org.visionfashion.train;

import org.visionfashion.engine.Machine;

/**
 * Whether and what a pass drops: a function of the run's seed, the step and the part of the batch,
 * so that the same part drops the same each time.
 */
record Dropout(boolean on, long seed, long step) {

  static final Dropout OFF = new Dropout(false, 0, 0);

  static Dropout of(long seed, long step) {
    return new Dropout(true, seed, step);
  }

  /** To be called before a part is encoded. */
  void begin(Part part) {
    if (on) {
      Machine.seed(seed, step, part.index());
    }
  }
}
