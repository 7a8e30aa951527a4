package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.visionfashion.config.ModelConfig.Resampling;

class ResizeTest {

  @Test
  void pngIsDecodedAsPillowDoes() throws IOException {
    Golden golden = new Golden();
    for (String name : golden.names()) {
      assertThat(golden.png(name).rgb_HWC())
          .as(name)
          .isEqualTo(golden.tensor(name + ".decoded").rgb_HWC());
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalsPillowToTheByte(Resampling resampling) throws IOException {
    Golden golden = new Golden();
    int seen = 0;
    for (String name : golden.names()) {
      Pixels expected =
          golden.tensor(name + "." + resampling.name().toLowerCase(Locale.ROOT) + ".resized");
      Pixels source = golden.png(name);
      assertThat(whole(source, expected.width(), expected.height(), resampling))
          .as(name)
          .isEqualTo(planes(expected));
      seen++;
    }
    assertThat(seen).isGreaterThanOrEqualTo(4);
  }

  /** Strips, tiles, lines and flips against a loop a pixel, which is Pillow's. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, 5, 2",
    "40, 25, 16, 24",
    "90, 1300, 30, 40",
    "700, 33, 50, 10",
    "5, 600, 7, 3"
  })
  void equalsThePlainLoopToTheByte(int sourceWidth, int sourceHeight, int width, int height) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      Pixels source = TestPictures.noise(sourceWidth, sourceHeight, random.nextLong());
      Resampling resampling = random.nextBoolean() ? Resampling.BICUBIC : Resampling.BILINEAR;
      Box box = anyBox(sourceWidth, sourceHeight, random);
      Resize resize = new Resize(width, height, resampling);
      Box window = anyBox(width, height, random);
      boolean flip = random.nextBoolean();
      byte[] actual = new byte[3 * window.width() * window.height()];
      resize.apply(source, box, window, flip).write(actual, 0);
      assertThat(actual)
          .as("seed %d: %s, %s, %s, flip %s", seed, resize, box, window, flip)
          .isEqualTo(SlowResize.apply(resize, source, box, window, flip));
    }
  }

  /**
   * A slope shows every shift: a picture whose pixels were averaged before, the last ones over
   * fewer, gives what the whole one gives, wherever the box begins and ends.
   */
  @ParameterizedTest
  @EnumSource
  void aReducedPictureKeepsItsPlace(Resampling resampling) {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int width = 150 + random.nextInt(100);
      int height = 170 + random.nextInt(80);
      int reduction = 2 << random.nextInt(3);
      Pixels whole = slope(width, height, 1);
      Pixels small = slope(width, height, reduction);
      PixelRows reduced = new ReducedPixels(width, height, reduction, small);
      // Away from the ends, where there is nothing left to average.
      int inside = 5 * reduction;
      int left = inside + random.nextInt(9);
      int top = inside + random.nextInt(9);
      Box box = new Box(left, top, width - left - inside, height - top - inside);
      Resize resize = new Resize(3, 4, resampling);
      Box window = new Box(0, 0, 3, 4);
      byte[] expected = new byte[36];
      resize.apply(whole, box, window, expected, 0);
      byte[] actual = new byte[36];
      resize.apply(reduced, box, window, actual, 0);
      assertThat(Levels.between(actual, expected).most())
          .as("seed %d, %d x %d by %d, %s", seed, width, height, reduction, box)
          .isLessThanOrEqualTo(Math.max(1, reduction / 4)); // a quarter of a sample
    }
  }

  /** A level a column in red, a level a row in green; of the centres where reduced. */
  private static Pixels slope(int width, int height, int reduction) {
    int columns = (width + reduction - 1) / reduction;
    int rows = (height + reduction - 1) / reduction;
    byte[] rgb_HWC = new byte[3 * columns * rows];
    for (int i = 0; i < columns * rows; i++) {
      int column = i % columns;
      int row = i / columns;
      rgb_HWC[3 * i] = (byte) Math.rint((column + 0.5) * reduction);
      rgb_HWC[3 * i + 1] = (byte) Math.rint((row + 0.5) * reduction);
    }
    return new Pixels(columns, rows, rgb_HWC);
  }

  /** Reductions, enlargements, boxes and windows against the definition in double precision. */
  @ParameterizedTest
  @EnumSource
  void staysWithinOneLevelOfTheDefinition(Resampling resampling) {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Pixels source = TestPictures.noise(1 + random.nextInt(60), 1 + random.nextInt(60), seed);
      Box box = anyBox(source.width(), source.height(), random);
      Resize resize = new Resize(1 + random.nextInt(40), 1 + random.nextInt(40), resampling);
      Box window = anyBox(resize.width(), resize.height(), random);
      byte[] actual = new byte[3 * window.width() * window.height() + 5];
      resize.apply(source, box, window, actual, 5);

      for (int i = 0; i < actual.length - 5; i++) {
        int channel = i / (window.width() * window.height());
        int y = window.top() + i / window.width() % window.height();
        int x = window.left() + i % window.width();
        double expected = slow(source, box, resize, channel, y, x);
        // Half a level for each of the two roundings, the first weighted by at most 1.27.
        assertThat(Math.abs((actual[5 + i] & 0xFF) - expected))
            .as("seed %d, %s, %s, %s, value %d", seed, box, resize, window, i)
            .isLessThanOrEqualTo(1.3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameSizeIsTheSamePicture(Resampling resampling) {
    Pixels source = TestPictures.noise(13, 17, 3);
    assertThat(whole(source, 13, 17, resampling)).isEqualTo(planes(source));
  }

  /** Four pixels to two, triangle of radius 2: weights 1/8 3/8 3/8 1/8, cut at the border. */
  @Test
  void halvesByPencil() {
    byte[] rgb = {0, 0, 0, 70, 70, 70, (byte) 140, (byte) 140, (byte) 140, 0, 0, 0};
    byte[] halved = whole(new Pixels(4, 1, rgb), 2, 1, Resampling.BILINEAR);
    // Left: (3 * 0 + 3 * 70 + 1 * 140) / 7 = 50; right: (1 * 70 + 3 * 140 + 3 * 0) / 7 = 70.
    assertThat(halved).containsExactly(50, 70, 50, 70, 50, 70);
  }

  static byte[] whole(Pixels source, int width, int height, Resampling resampling) {
    byte[] target = new byte[3 * width * height];
    Box all = new Box(0, 0, width, height);
    new Resize(width, height, resampling).apply(source, Box.of(source), all, target, 0);
    return target;
  }

  static byte[] planes(Pixels pixels) {
    int plane = pixels.width() * pixels.height();
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < 3; channel++) {
        planes[channel * plane + i] = pixels.rgb_HWC()[3 * i + channel];
      }
    }
    return planes;
  }

  private static Box anyBox(int width, int height, Random random) {
    int left = random.nextInt(width);
    int top = random.nextInt(height);
    return new Box(left, top, 1 + random.nextInt(width - left), 1 + random.nextInt(height - top));
  }

  /** The oracle: one value as the double sum that the filter's definition says. */
  private static double slow(Pixels source, Box box, Resize resize, int channel, int y, int x) {
    double sum = 0;
    double weights = 0;
    for (int j = 0; j < box.height(); j++) {
      double rowWeight = weight(j, y, box.height(), resize.height(), resize.resampling());
      double row = 0;
      double rowWeights = 0;
      for (int i = 0; i < box.width(); i++) {
        double weight = weight(i, x, box.width(), resize.width(), resize.resampling());
        int pixel = (box.top() + j) * source.width() + box.left() + i;
        row += weight * (source.rgb_HWC()[3 * pixel + channel] & 0xFF);
        rowWeights += weight;
      }
      sum += rowWeight * Math.max(0, Math.min(255, row / rowWeights));
      weights += rowWeight;
    }
    return Math.max(0, Math.min(255, sum / weights));
  }

  /** Weight of source sample j in target sample i. */
  private static double weight(int j, int i, int in, int out, Resampling resampling) {
    double scale = (double) in / out;
    double x = Math.abs(j + 0.5 - (i + 0.5) * scale) / Math.max(1, scale);
    if (resampling == Resampling.BILINEAR) {
      return x < 1 ? 1 - x : 0;
    }
    if (x < 1) {
      return 1.5 * x * x * x - 2.5 * x * x + 1;
    }
    return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
  }
}
