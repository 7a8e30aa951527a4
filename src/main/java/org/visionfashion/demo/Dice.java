package org.visionfashion.demo;

import java.util.List;
import java.util.Random;
import org.visionfashion.data.Seeds;

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
    long seed = Seeds.mix(purpose.hashCode());
    for (long part : key) {
      seed = Seeds.mix(seed ^ Seeds.mix(part + 0x9E3779B97F4A7C15L));
    }
    return new Dice(seed);
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
