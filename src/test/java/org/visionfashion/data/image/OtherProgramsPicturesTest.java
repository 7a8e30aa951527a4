package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.visionfashion.config.LimitsConfig;

/**
 * Files written by libwebp's programs and by Pillow give the pixels that Pillow reads from them.
 */
class OtherProgramsPicturesTest {

  /** The tolerance is in levels: opacity and inks are rounded once more or less. */
  @ParameterizedTest
  @CsvSource({
    "lossy.webp, 0",
    "lossless.webp, 0",
    "alpha-lossy.webp, 1",
    "alpha-lossless.webp, 1",
    "animated.webp, 1",
    "sequence.webp, 0",
    "exif.webp, 0",
    "exif-tiff.webp, 1",
    "two.mpo, 0",
    "cmyk.tif, 1",
    "differences.tif, 0",
    "tiles.tif, 0"
  })
  void equalsPillow(String name, int tolerance) throws IOException {
    Pixels actual = decode(name);
    Pixels expected = decode(name.substring(0, name.indexOf('.')) + ".png");
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(Levels.between(actual.rgb_HWC(), expected.rgb_HWC()).most())
        .isLessThanOrEqualTo(tolerance);
  }

  @Test
  void whatAnAnimationDoesNotCoverIsWhite() throws IOException {
    assertThat(decode("animated.webp").rgb_HWC()).startsWith(255, 255, 255).endsWith(255, 255, 255);
  }

  private static Pixels decode(String name) throws IOException {
    return ImageDecoder.decode(TestPictures.file(name), name, LimitsConfig.DEFAULT);
  }
}
