package org.visionfashion.data.loader;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.visionfashion.data.Seeds;

/**
 * Which examples make which batch: a pure function of the seed and the epoch.
 *
 * @param examples how many there are
 * @param batch examples of a full batch
 * @param shuffle a new random order every epoch, or the given one
 * @param dropLast whether a last batch that is not full is dropped
 * @param seed of the order
 */
public record BatchPlan(int examples, int batch, boolean shuffle, boolean dropLast, long seed) {

  public BatchPlan {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, not " + batch);
    }
  }

  /** Batches of an epoch. */
  public int steps() {
    return dropLast ? examples / batch : (examples + batch - 1) / batch;
  }

  /** The examples' indices in the order of an epoch. */
  public int[] order(int epoch) {
    int[] order = new int[examples];
    Arrays.setAll(order, i -> i);
    if (shuffle) {
      shuffle(order, new SplittableRandom(Seeds.of(seed, epoch)));
    }
    return order;
  }

  /** The part of an epoch's order that one step takes. */
  public int[] batch(int[] order, int step) {
    int from = step * batch;
    return Arrays.copyOfRange(order, from, Math.min(from + batch, examples));
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
