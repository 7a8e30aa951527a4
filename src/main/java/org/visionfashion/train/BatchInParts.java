package org.visionfashion.train;

import java.util.List;
import org.visionfashion.engine.Machine;
import org.visionfashion.train.Parts.Part;

/**
 * A batch on its way through a pass.
 *
 * @param parts that it is cut into
 * @param mode whether it is trained on
 * @param <B> what a batch consists of
 */
record BatchInParts<B>(Feed.Minibatch<B> batch, List<Part> parts, TrainingMode mode) {

  /**
   * Whether a pass trains. Dropout is a function of the run's seed, the step and the part of the
   * batch, so that a part that is encoded twice drops the same both times.
   */
  record TrainingMode(boolean on, long seed, long step) {

    static final TrainingMode OFF = new TrainingMode(false, 0, 0);

    static TrainingMode of(long seed, long step) {
      return new TrainingMode(true, seed, step);
    }

    /** To be called before a part is encoded. */
    void begin(Part part) {
      if (on) {
        Machine.seed(seed, step, part.index());
      }
    }
  }

  /** The parts without the examples before {@code first}. */
  List<Part> partsFrom(int first) {
    return parts.stream()
        .filter(part -> part.end() > first)
        .map(part -> new Part(part.index(), Math.max(part.start(), first), part.end()))
        .toList();
  }

  int size() {
    return batch.size();
  }
}
