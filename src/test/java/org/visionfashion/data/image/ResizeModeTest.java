package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.config.ModelConfig.ResizeMode;

/** open_clip's three ways to give a picture the input's shape, to the byte. */
class ResizeModeTest {

  @ParameterizedTest
  @EnumSource
  void equalsOpenClip(ResizeMode mode) throws IOException {
    Golden golden =
        new Golden(
            Path.of(
                System.getProperty("goldenClip", "src/test/resources/golden-clip"), "preprocess"));
    String ending = "." + mode.name().toLowerCase(Locale.ROOT);
    int compared = 0;
    for (String name : golden.namesOf(ending)) {
      if (!name.startsWith("w")) {
        continue; // normalised floats, and pictures that are not RGB
      }
      Pixels expected = golden.tensor(name + ending);
      EvalTransform transform =
          new EvalTransform(expected.height(), expected.width(), Resampling.BICUBIC, mode);
      assertThat(transform.apply(golden.png(name), false).toPixels().rgb_HWC())
          .as(name + ending)
          .isEqualTo(expected.rgb_HWC());
      compared++;
    }
    assertThat(compared).isGreaterThan(3);
  }

  /** Turned about, a padded picture is the mirror image of the padded picture. */
  @ParameterizedTest
  @CsvSource({"30, 51", "51, 30", "20, 20", "1, 40"})
  void paddingIsMirroredToo(int width, int height) {
    Pixels source = TestPictures.noise(width, height, 7);
    EvalTransform transform = new EvalTransform(24, 16, Resampling.BILINEAR, ResizeMode.LONGEST);
    Pixels plain = transform.apply(source, false).toPixels();
    Pixels flipped = transform.apply(source, true).toPixels();
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 16; x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(flipped.rgb_HWC()[(y * 16 + x) * 3 + c])
              .isEqualTo(plain.rgb_HWC()[(y * 16 + 15 - x) * 3 + c]);
        }
      }
    }
  }

  /** By pencil: 224 of 1101 * 224 / 750 = 328.8 rows are kept. */
  @Test
  void whatTheCropCosts() {
    EvalTransform square = new EvalTransform(224, 224, Resampling.BICUBIC);
    assertThat(square.cutOff(750, 1101)).isCloseTo(1 - 750.0 / 1101, within(1e-12));
    assertThat(square.cutOff(1101, 750)).isEqualTo(square.cutOff(750, 1101));
    assertThat(square.cutOff(500, 500)).isZero();
    assertThat(new EvalTransform(96, 64, Resampling.BICUBIC).cutOff(200, 300))
        .isCloseTo(0, within(1e-12));
    for (ResizeMode mode : new ResizeMode[] {ResizeMode.LONGEST, ResizeMode.SQUASH}) {
      assertThat(new EvalTransform(224, 224, Resampling.BICUBIC, mode).cutOff(1, 9)).isZero();
    }
  }
}
