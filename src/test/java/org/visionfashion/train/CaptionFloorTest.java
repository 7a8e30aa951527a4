package org.visionfashion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptionFloorTest {

  @Test
  void tenClassesInBatchesOf64() {
    int[] counts = new int[10];
    Arrays.fill(counts, 100_000);
    assertThat(CaptionFloor.of(counts, 64)).isCloseTo(1.93, within(0.005));
  }

  @Test
  void captionsThatStandOnceOrAlone() {
    assertThat(CaptionFloor.of(new int[] {1, 1, 1, 1}, 3)).isZero();
    assertThat(CaptionFloor.of(new int[] {7}, 5)).isCloseTo(Math.log(5), within(1e-12));
    assertThat(CaptionFloor.of(new int[] {7}, 1)).isZero();
    // The whole set is the batch: 2 of 3 lose log 2.
    assertThat(CaptionFloor.of(new int[] {2, 1}, 3)).isCloseTo(2 * Math.log(2) / 3, within(1e-12));
  }

  @Test
  void likeBatchesThatAreDrawn() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int[] counts = random.ints(8, 1, 12).toArray();
    List<Integer> captions = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      captions.addAll(Collections.nCopies(counts[c], c));
    }
    int batch = 1 + random.nextInt(captions.size());
    double sum = 0;
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      Collections.shuffle(captions, random);
      List<Integer> drawn = captions.subList(0, batch);
      for (int caption : drawn) {
        sum += Math.log(Collections.frequency(drawn, caption)) / batch;
      }
    }
    assertThat(CaptionFloor.of(counts, batch))
        .as("seed %d", seed)
        .isCloseTo(sum / draws, within(0.02));
  }
}
