package org.visionfashion.data;

/** Seeds of independent random streams from the coordinates of what they are for. */
public final class Seeds {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** One seed for, say, (run seed, epoch, index): neighbouring coordinates have unlike seeds. */
  public static long of(long... coordinates) {
    long hash = 0;
    for (long coordinate : coordinates) {
      hash = mix(hash + GOLDEN_GAMMA + coordinate);
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), David Stafford's variant 13. */
  public static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
