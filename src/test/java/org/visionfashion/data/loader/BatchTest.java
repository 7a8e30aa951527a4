package org.visionfashion.data.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.visionfashion.data.Example;
import org.visionfashion.data.Split;

class BatchTest {

  /** Three captions of 3, 2 and 4 tokens; pictures do not matter. */
  private static Batch batch(int length, long[] ids_BL, long[] mask_BL) {
    Example example = new Example("", Path.of(""), "", 0, new byte[0], "", Split.TRAIN);
    return new Batch(
        Collections.nCopies(3, example),
        2,
        1,
        new byte[18],
        length,
        ids_BL,
        mask_BL,
        new long[3],
        new byte[0]);
  }

  private static final Batch BATCH =
      batch(
          4,
          new long[] {7, 8, 9, 0, 7, 9, 0, 0, 7, 5, 6, 9},
          new long[] {1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1});

  @Test
  void captionsAreCutToTheLongestOfThem() {
    Tokens first = BATCH.tokens(0, 2);
    assertThat(first.length()).isEqualTo(3);
    assertThat(first.ids_BL()).containsExactly(7, 8, 9, 7, 9, 0);
    assertThat(first.mask_BL()).containsExactly(1, 1, 1, 1, 1, 0);
    assertThat(BATCH.tokens(1, 2).ids_BL()).containsExactly(7, 9);
    assertThat(BATCH.tokens(2, 3).ids_BL()).containsExactly(7, 5, 6, 9);
    assertThat(BATCH.tokens(0, 3).ids_BL()).isEqualTo(BATCH.ids_BL());
    assertThat(BATCH.tokens(0, 3).mask_BL()).isEqualTo(BATCH.mask_BL());
  }

  @Test
  void aBatchWithoutCaptionsHasNone() {
    Tokens none = batch(0, new long[0], new long[0]).tokens(1, 3);
    assertThat(none.length()).isZero();
    assertThat(none.ids_BL()).isEmpty();
  }

  @Test
  void captionsThatReadTheSameHaveTheSameNumber() {
    assertThat(BATCH.caption_B()).containsExactly(0, 1, 2);
    long[] ids_BL = {7, 8, 9, 7, 9, 0, 7, 8, 9};
    assertThat(batch(3, ids_BL, new long[9]).caption_B()).containsExactly(0, 1, 0);
  }
}
