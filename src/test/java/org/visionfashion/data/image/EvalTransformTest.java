package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.ModelConfig.Resampling;

class EvalTransformTest {

  @ParameterizedTest
  @EnumSource
  void equalsTorchvisionToTheByte(Resampling resampling) throws IOException {
    Golden golden = new Golden();
    int size = golden.size();
    for (String name : golden.names()) {
      Pixels expected =
          golden.tensor(name + "." + resampling.name().toLowerCase(Locale.ROOT) + ".cropped");
      assertThat(apply(new EvalTransform(size, size, resampling), golden.png(name)))
          .as(name)
          .isEqualTo(ResizeTest.planes(expected));
    }
  }

  /** Resized width and height, then the crop, worked out by hand. */
  @ParameterizedTest
  @CsvSource({
    // source w, h; target w, h; resized w, h; crop left, top
    "160, 235, 64, 96, 65, 96, 0, 0", // relatively wide: 160 * 96 / 235 = 65.4; (65 - 64) / 2 = .5
    "150, 300, 64, 96, 64, 128, 0, 16", // relatively tall
    "77, 50, 64, 96, 147, 96, 42, 0", // 147.84; 41.5 to the even 42
    "10, 15, 64, 96, 64, 96, 0, 0",
    "1, 100, 20, 10, 20, 2000, 0, 995"
  })
  void coversARectangle(
      int sourceWidth,
      int sourceHeight,
      int width,
      int height,
      int resizedWidth,
      int resizedHeight,
      int left,
      int top) {
    Pixels source = TestPictures.noise(sourceWidth, sourceHeight, 5);
    byte[] resized = ResizeTest.whole(source, resizedWidth, resizedHeight, Resampling.BICUBIC);
    byte[] expected = new byte[3 * width * height];
    for (int i = 0; i < expected.length; i++) {
      int channel = i / (width * height);
      int y = top + i / width % height;
      expected[i] = resized[(channel * resizedHeight + y) * resizedWidth + left + i % width];
    }
    assertThat(apply(new EvalTransform(height, width, Resampling.BICUBIC), source))
        .isEqualTo(expected);
  }

  @Test
  void writesOnlyWhereItWasTold() {
    Transform transform = new EvalTransform(4, 3, Resampling.BILINEAR);
    byte[] target = new byte[transform.size() + 20];
    Arrays.fill(target, (byte) 77);
    Pixels source = TestPictures.noise(9, 9, 2);
    transform.apply(source, new SplittableRandom(0), target, 10);
    assertThat(Arrays.copyOfRange(target, 10, 10 + transform.size()))
        .isEqualTo(apply(transform, source));
    for (int i = 0; i < 10; i++) {
      assertThat(target[i]).isEqualTo((byte) 77);
      assertThat(target[target.length - 1 - i]).isEqualTo((byte) 77);
    }
  }

  private static byte[] apply(Transform transform, Pixels source) {
    byte[] target = new byte[transform.size()];
    transform.apply(source, new SplittableRandom(0), target, 0);
    return target;
  }
}
