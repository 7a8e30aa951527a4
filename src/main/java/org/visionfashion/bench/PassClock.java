package org.visionfashion.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import org.visionfashion.model.Labels;
import org.visionfashion.train.Feed;
import org.visionfashion.train.Objective;

/**
 * Tells the parts of a training pass apart from outside: copying is what the batch does, and the
 * forward pass ends where the objective has the loss. There it waits for the device, which has
 * nothing to do for a moment then.
 */
final class PassClock {

  private long start;
  private long placed;
  private long forward;

  /** From here on the next pass counts. */
  void start() {
    start = System.nanoTime();
    placed = 0;
    forward = 0;
  }

  /** Milliseconds of copying the batch to the device. */
  double placing() {
    return placed / 1e6;
  }

  /** Milliseconds to the loss, weights for other devices included, copying left out. */
  double forward() {
    return forward / 1e6;
  }

  /** Milliseconds from the start to now, copying left out. */
  double passes() {
    return (System.nanoTime() - start - placed) / 1e6;
  }

  private <T> T placing(Supplier<T> work) {
    long began = System.nanoTime();
    T result = work.get();
    placed += System.nanoTime() - began;
    return result;
  }

  /** The same batch, whose copying is measured. */
  <B> Feed.Minibatch<B> measured(Feed.Minibatch<B> batch) {
    return new Feed.Minibatch<>() {
      @Override
      public int index() {
        return batch.index();
      }

      @Override
      public int size() {
        return batch.size();
      }

      @Override
      public List<String> ids() {
        return batch.ids();
      }

      @Override
      public B place(int from, int to, NDManager scope) {
        return placing(() -> batch.place(from, to, scope));
      }

      @Override
      public Labels labels(NDManager scope) {
        return placing(() -> batch.labels(scope));
      }

      @Override
      public void close() {
        batch.close();
      }
    };
  }

  /** The same objective, whose last loss ends the forward pass. */
  <B> Objective<B> measured(Objective<B> objective) {
    return new Objective<>() {
      @Override
      public boolean trains(String parameter) {
        return objective.trains(parameter);
      }

      @Override
      public boolean trainsEncoding() {
        return objective.trainsEncoding();
      }

      @Override
      public NDList encode(B examples, boolean training) {
        return objective.encode(examples, training);
      }

      @Override
      public NDArray loss(NDList rows, Labels labels, NDArray part) {
        NDArray loss = objective.loss(rows, labels, part);
        loss.toFloatArray(); // waits for the device
        forward = System.nanoTime() - start - placed;
        return loss;
      }
    };
  }
}
