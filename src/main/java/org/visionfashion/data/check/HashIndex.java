package org.visionfashion.data.check;

import java.util.function.IntConsumer;

/**
 * Finds hashes within {@link Signature#RADIUS} bits of one, among millions. Multi-index hashing
 * (Norouzi, Punjani and Fleet 2012, Fast Search in Hamming Space with Multi-Index Hashing): of
 * three parts, at least one differs by no more than a third of the bits, so the tables of the parts
 * are asked for all parts that near. Exact; for any number of threads.
 */
final class HashIndex {

  /** First bits of the parts, and the end. */
  private static final int[] BOUNDS = {0, 22, 43, 64};

  private static final int PARTS = BOUNDS.length - 1;
  private static final int PART_RADIUS = Signature.RADIUS / PARTS;
  private static final int MOST_BITS = 22;
  private static final long SCATTER = 0x9E3779B97F4A7C15L; // Fibonacci hashing (Knuth, vol. 3, 6.4)

  private final long[] hashes;
  private final int shift;
  private final int[][] starts = new int[PARTS][];
  private final int[][] places = new int[PARTS][];

  /**
   * Indexes some of the hashes.
   *
   * @param hashes kept, not copied
   * @param members places in {@code hashes} that count, ascending
   */
  HashIndex(long[] hashes, int[] members) {
    this.hashes = hashes;
    int bits = Math.max(1, Math.min(MOST_BITS, 32 - Integer.numberOfLeadingZeros(members.length)));
    this.shift = Long.SIZE - bits;
    for (int part = 0; part < PARTS; part++) {
      int[] start = new int[(1 << bits) + 1];
      for (int member : members) {
        start[slot(key(hashes[member], part)) + 1]++;
      }
      for (int i = 1; i < start.length; i++) {
        start[i] += start[i - 1];
      }
      int[] next = start.clone();
      int[] place = new int[members.length];
      for (int member : members) {
        place[next[slot(key(hashes[member], part))]++] = member;
      }
      starts[part] = start;
      places[part] = place;
    }
  }

  /**
   * Visits each member within the radius once.
   *
   * @param before only members that come before this place
   */
  void near(long hash, int before, IntConsumer visit) {
    for (int part = 0; part < PARTS; part++) {
      probe(hash, part, key(hash, part), 0, PART_RADIUS, before, visit);
    }
  }

  /** Visits those with this key, then those whose key differs in further bits. */
  private void probe(
      long hash, int part, long key, int bit, int flips, int before, IntConsumer visit) {
    look(hash, part, key, before, visit);
    for (int i = bit; flips > 0 && i < BOUNDS[part + 1] - BOUNDS[part]; i++) {
      probe(hash, part, key ^ (1L << i), i + 1, flips - 1, before, visit);
    }
  }

  private void look(long hash, int part, long key, int before, IntConsumer visit) {
    int slot = slot(key);
    int[] place = places[part];
    for (int i = starts[part][slot]; i < starts[part][slot + 1] && place[i] < before; i++) {
      long other = hashes[place[i]];
      if (key(other, part) == key
          && Long.bitCount(hash ^ other) <= Signature.RADIUS
          && isFirst(hash ^ other, part)) {
        visit.accept(place[i]);
      }
    }
  }

  /** Whether no earlier part finds it too. */
  private static boolean isFirst(long difference, int part) {
    for (int earlier = 0; earlier < part; earlier++) {
      if (Long.bitCount(key(difference, earlier)) <= PART_RADIUS) {
        return false;
      }
    }
    return true;
  }

  private static long key(long hash, int part) {
    int width = BOUNDS[part + 1] - BOUNDS[part];
    return (hash >>> BOUNDS[part]) & ((1L << width) - 1);
  }

  private int slot(long key) {
    return (int) ((key * SCATTER) >>> shift);
  }
}
