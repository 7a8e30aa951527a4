package org.visionfashion.train;

import ai.djl.ndarray.NDArray;

/** What a stage minimises. The two stages are two objectives of one loop. */
public interface Objective {

  /** Whether the loss reaches a parameter; the others are not touched, decay included. */
  boolean trains(String parameter);

  /** The loss of a batch, a scalar. */
  NDArray loss(TrainingBatch batch);
}
