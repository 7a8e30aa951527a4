package org.visionfashion.train;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.visionfashion.model.Labels;

/**
 * Where a stage's batches come from.
 *
 * @param <B> what a batch consists of
 */
public interface Feed<B> extends AutoCloseable {

  /** A batch that is ready but not yet where and what the towers take. */
  interface Minibatch<B> extends AutoCloseable {

    /** Its place in the epoch, from 0. */
    int index();

    /** Number of examples. */
    int size();

    /** Which examples, for a message about them. */
    List<String> ids();

    /**
     * Copies examples {@code start} to {@code end}, the latter not included, to the device of
     * {@code scope}, which owns their tensors.
     */
    B place(int start, int end, NDManager scope);

    /** Copies the labels of all examples to the device of {@code scope}, which owns them. */
    Labels labels(NDManager scope);

    /** Gives back what it holds on a device. */
    @Override
    default void close() {}
  }

  /** Batches of an epoch. */
  int steps();

  /**
   * The batches of an epoch, the same ones in the same order at each call.
   *
   * @param first place of the first to take, for a run that was interrupted
   */
  Iterable<Minibatch<B>> epoch(int epoch, int first);

  /** Time so far that the taker of batches had to wait for them, in nanoseconds. */
  long waitNanos();

  @Override
  void close();
}
