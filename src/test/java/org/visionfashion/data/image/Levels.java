package org.visionfashion.data.image;

import java.util.stream.IntStream;

/**
 * How far two pictures are apart, in levels of 255.
 *
 * @param mean difference of a value
 * @param nearlyAll what 999 of 1,000 values differ by at most
 * @param most largest difference
 */
record Levels(double mean, int nearlyAll, int most) {

  /** Compares unsigned bytes. */
  static Levels between(byte[] some, byte[] others) {
    if (some.length != others.length) {
      throw new IllegalArgumentException(some.length + " bytes and " + others.length);
    }
    int[] differences =
        IntStream.range(0, some.length)
            .map(i -> Math.abs((some[i] & 0xFF) - (others[i] & 0xFF)))
            .sorted()
            .toArray();
    return new Levels(
        IntStream.of(differences).average().orElse(0),
        differences[(int) (0.999 * (differences.length - 1))],
        differences[differences.length - 1]);
  }
}
