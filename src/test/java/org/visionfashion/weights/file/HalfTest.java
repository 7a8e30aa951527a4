package org.visionfashion.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {

  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  /** Between two neighbours the nearer is taken, in the middle the even one. */
  @Test
  void roundsToTheNearest() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      int bits = random.nextInt(0x7BFF); // below the largest half
      float low = Half.toFloat((short) bits);
      float high = Half.toFloat((short) (bits + 1));
      float middle = (float) (((double) low + high) / 2);
      assertThat(Half.of(middle)).as("seed %d", seed).isEqualTo((short) (bits + (bits & 1)));
      assertThat(Half.of(Math.nextDown(middle))).as("seed %d", seed).isEqualTo((short) bits);
      assertThat(Half.of(-Math.nextUp(middle)))
          .as("seed %d", seed)
          .isEqualTo((short) (0x8000 | (bits + 1)));
    }
  }

  @Test
  void whatIsTooLargeIsInfinite() {
    assertThat(Half.of(65519.99f)).isEqualTo((short) 0x7BFF);
    assertThat(Half.of(65520)).isEqualTo((short) 0x7C00);
    assertThat(Half.of(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFC00);
  }
}
