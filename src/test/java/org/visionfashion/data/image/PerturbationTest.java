package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerturbationTest {

  private final Pixels noise = TestPictures.noise(40, 60, 3);

  /** The source is shared: a perturbation may not touch it, and chance has no part in it. */
  @ParameterizedTest
  @EnumSource
  void isAFunctionOfThePicture(Perturbation perturbation) {
    byte[] before = noise.rgb_HWC().clone();
    Pixels first = perturbation.apply(noise, 24, 16);
    Pixels second = perturbation.apply(noise, 24, 16);
    assertThat(noise.rgb_HWC()).isEqualTo(before);
    assertThat(second.rgb_HWC()).isEqualTo(first.rgb_HWC());
    assertThat(first.rgb_HWC()).isNotEqualTo(before);
    assertThat((double) first.width() / first.height()).isBetween(0.6, 0.72);
  }

  @ParameterizedTest
  @EnumSource
  void copesWithTheSmallestPicture(Perturbation perturbation) {
    Pixels dot = new Pixels(1, 1, new byte[] {10, 20, 30});
    assertThat(perturbation.apply(dot, 24, 16)).extracting(Pixels::width).isEqualTo(1);
  }

  @Test
  void twiceMirroredIsTheSame() {
    Pixels once = Perturbation.MIRRORED.apply(noise, 24, 16);
    assertThat(Perturbation.MIRRORED.apply(once, 24, 16).rgb_HWC()).isEqualTo(noise.rgb_HWC());
    Pixels two = new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(Perturbation.MIRRORED.apply(two, 1, 1).rgb_HWC()).containsExactly(4, 5, 6, 1, 2, 3);
  }

  /** Pencil: 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2. */
  @Test
  void greyIsLuma() {
    Pixels one = new Pixels(1, 1, new byte[] {(byte) 200, 100, 50});
    assertThat(Perturbation.GREY.apply(one, 1, 1).rgb_HWC()).containsExactly(124, 124, 124);
  }

  @Test
  void halfResolutionIsHalfOfWhatTheModelSees() {
    Pixels half = Perturbation.HALF_RESOLUTION.apply(noise, 24, 16);
    assertThat(half.width()).isEqualTo(8);
    assertThat(half.height()).isEqualTo(12);
    Pixels wide = Perturbation.HALF_RESOLUTION.apply(TestPictures.noise(90, 60, 3), 24, 24);
    assertThat(wide.height()).isEqualTo(12);
    assertThat(wide.width()).isEqualTo(18);
  }

  @Test
  void jpegKeepsASmoothPictureNearly() {
    byte[] rgb = new byte[3 * 32 * 32];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 96 * 4 + 40);
    }
    byte[] after = Perturbation.JPEG_30.apply(new Pixels(32, 32, rgb), 16, 16).rgb_HWC();
    int worst = 0;
    for (int i = 0; i < rgb.length; i++) {
      worst = Math.max(worst, Math.abs((rgb[i] & 0xFF) - (after[i] & 0xFF)));
    }
    assertThat(worst).isBetween(1, 12);
  }

  /** Against the sum over the whole plane, written down as it is defined. */
  @Test
  void blurIsTheGaussianOfThePlane() {
    double sigma = 1.3;
    Pixels source = TestPictures.noise(17, 13, 8);
    byte[] blurred = new GaussianBlur(sigma).apply(source).rgb_HWC();
    int radius = (int) Math.ceil(3 * sigma);
    for (int y = 0; y < 13; y++) {
      for (int x = 0; x < 17; x++) {
        double sum = 0;
        double weights = 0;
        for (int dy = -radius; dy <= radius; dy++) {
          for (int dx = -radius; dx <= radius; dx++) {
            double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
            int nearY = Math.max(0, Math.min(12, y + dy));
            int nearX = Math.max(0, Math.min(16, x + dx));
            sum += weight * (source.rgb_HWC()[3 * (nearY * 17 + nearX) + 1] & 0xFF);
            weights += weight;
          }
        }
        assertThat((double) (blurred[3 * (y * 17 + x) + 1] & 0xFF))
            .isBetween(sum / weights - 0.51, sum / weights + 0.51);
      }
    }
  }

  @Test
  void labelsReadLikeWords() {
    assertThat(Perturbation.HALF_RESOLUTION.label()).isEqualTo("half resolution");
    assertThat(Perturbation.JPEG_30.label()).isEqualTo("jpeg 30");
  }
}
