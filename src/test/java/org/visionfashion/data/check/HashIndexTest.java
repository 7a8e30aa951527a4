package org.visionfashion.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashIndexTest {

  /** The same as comparing each with each; every pair once. */
  @Test
  void findsWhatComparingAllFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] hashes = new long[3000];
    for (int i = 0; i < hashes.length; i++) {
      // Half are at some distance from an earlier one.
      hashes[i] = i < 10 || i % 2 == 0 ? random.nextLong() : hashes[random.nextInt(i)];
      for (int flip = random.nextInt(12); flip > 0 && i % 2 == 1; flip--) {
        hashes[i] ^= 1L << random.nextInt(64);
      }
    }
    int[] members = IntStream.range(0, hashes.length).filter(i -> i % 7 != 0).toArray();
    HashIndex index = new HashIndex(hashes, members);
    int pairs = 0;
    for (int i = 0; i < hashes.length; i++) {
      int self = i;
      List<Integer> found = new ArrayList<>();
      index.near(hashes[i], i, found::add);
      int[] all =
          IntStream.of(members)
              .filter(j -> j < self && Long.bitCount(hashes[self] ^ hashes[j]) <= Signature.RADIUS)
              .toArray();
      assertThat(found.stream().mapToInt(Integer::intValue).sorted().toArray())
          .as("seed %d, place %d", seed, i)
          .isEqualTo(all);
      pairs += all.length;
    }
    assertThat(pairs).isGreaterThan(500);
  }

  @Test
  void findsNothingAmongNone() {
    new HashIndex(new long[2], new int[0]).near(0, 2, place -> assertThat(place).isNull());
  }
}
