package org.visionfashion.demo;

import java.util.List;
import java.util.Random;

/** A stream of random numbers with its own key: what one stream draws never shifts another. */
final class Dice {

  private final Random random;

  private Dice(long seed) {
    this.random = new Random(seed);
  }

  /**
   * The stream of this purpose for these numbers; the same for ever ({@link Random} is specified).
   */
  static Dice of(String purpose, long... key) {
    long seed = mix(purpose.hashCode());
    for (long part : key) {
      seed = mix(seed ^ mix(part + 0x9E3779B97F4A7C15L));
    }
    return new Dice(seed);
  }

  // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in [0, 1). */
  double unit() {
    return random.nextDouble();
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Uniform in 0 to bound - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  long number() {
    return random.nextLong();
  }

  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** An index with probability proportional to its weight. */
  int weighted(double... weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0 && weights[i] > 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  /** In place, Fisher and Yates. */
  void shuffle(List<?> values) {
    java.util.Collections.shuffle(values, random);
  }
}
