package org.visionfashion.data.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.visionfashion.data.Example;
import org.visionfashion.data.Examples;
import org.visionfashion.data.Progress;
import org.visionfashion.data.image.Detail;
import org.visionfashion.data.loader.PixelSource;

/**
 * Which pictures have a copy among training pictures, byte-equal or saved again.
 *
 * @param pictures how many were looked at
 * @param copied ids of those with a copy, in order
 * @param compared training pictures that they were compared with
 * @param training training pictures there are
 */
public record Leakage(int pictures, List<String> copied, int compared, int training) {

  /** Nothing was compared. */
  public static final Leakage NONE = new Leakage(0, List.of(), 0, 0);

  /** The same training pictures for every model. */
  private static final long SEED = 20_261_129;

  /** A signature's picture, and twice as many samples as that needs. */
  private static final Detail DETAIL =
      (width, height) -> Detail.reduction(Math.min(width, height) / (double) Signature.SIDE, 2);

  public Leakage {
    copied = List.copyOf(copied);
  }

  /**
   * Compares pictures with training pictures, or with a random sample where there are more of them
   * than wanted: every evaluation decodes these. Pictures that cannot be read have no copies.
   *
   * @param judged pictures that training should not have seen
   * @param most training pictures to compare with
   * @param threads that decode
   * @throws org.visionfashion.base.UserError where the calling thread was interrupted
   */
  public static Leakage of(
      List<Example> judged,
      Examples training,
      int most,
      PixelSource source,
      int threads,
      Progress progress) {
    Examples sample = training.size() <= most ? training : sample(training, most);
    if (judged.isEmpty() || sample.isEmpty()) {
      return NONE;
    }
    Signature[] own = new Signature[judged.size()];
    int all = judged.size() + sample.size();
    ParallelPass.run(
        judged.size(),
        threads,
        (done, total) -> progress.update(done, all),
        i -> own[i] = signature(judged.get(i), source));
    int[] readable = IntStream.range(0, own.length).filter(i -> own[i] != null).toArray();
    long[] hashes = new long[own.length];
    for (int i : readable) {
      hashes[i] = own[i].hash();
    }
    HashIndex index = new HashIndex(hashes, readable);
    BitSet copied = new BitSet();
    ParallelPass.run(
        sample.size(),
        threads,
        (done, total) -> progress.update(judged.size() + done, all),
        i -> {
          List<Integer> found = copies(signature(sample.get(i), source), own, index);
          synchronized (copied) {
            found.forEach(copied::set);
          }
        });
    return new Leakage(
        judged.size(),
        copied.stream().mapToObj(i -> judged.get(i).id()).toList(),
        sample.size(),
        training.size());
  }

  /** Draws without replacement, in order. */
  private static Examples sample(Examples training, int most) {
    Random random = new Random(SEED);
    int[] chosen = new int[most];
    int taken = 0;
    for (int i = 0; taken < most; i++) { // selection sampling (Knuth, vol. 2, 3.4.2, algorithm S)
      if (random.nextInt(training.size() - i) < most - taken) {
        chosen[taken++] = i;
      }
    }
    return training.select(chosen);
  }

  private static List<Integer> copies(Signature seen, Signature[] own, HashIndex index) {
    List<Integer> found = new ArrayList<>();
    if (seen != null) {
      index.near(
          seen.hash(),
          own.length,
          i -> {
            if (seen.resembles(own[i])) {
              found.add(i);
            }
          });
    }
    return found;
  }

  /** Null where the picture cannot be read, which the evaluation and the training tell. */
  private static Signature signature(Example example, PixelSource source) {
    try {
      return Signature.of(source.pixels(example, DETAIL));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
