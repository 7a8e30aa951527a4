package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every part against torchvision's formula, pixel by pixel. */
class ColorJitterTest {

  private static final int HEIGHT = 7;
  private static final int WIDTH = 11;
  private static final int PLANE = HEIGHT * WIDTH;
  private static final int OFFSET = 4;

  @Test
  void brightnessBlendsWithBlack() {
    for (long seed = 0; seed < 50; seed++) {
      Planes before = noise(seed);
      Planes after = copy(before);
      float factor = new Random(seed).nextFloat() * 2;
      ColorJitter.brighten(after, factor);
      for (int i = 0; i < 3 * PLANE; i++) {
        int expected = clamp(factor * value(before, i));
        assertThat(value(after, i)).as("seed %d, value %d", seed, i).isEqualTo(expected);
      }
    }
  }

  @Test
  void contrastBlendsWithTheMeanGrey() {
    for (long seed = 0; seed < 50; seed++) {
      Planes before = noise(seed);
      Planes after = copy(before);
      float factor = new Random(seed).nextFloat() * 2;
      ColorJitter.contrast(after, factor);
      double sum = 0;
      for (int i = 0; i < PLANE; i++) {
        sum += slowGrey(before, i);
      }
      double mean = Math.floor(sum / PLANE + 0.5);
      for (int i = 0; i < 3 * PLANE; i++) {
        double expected = factor * value(before, i) + (1 - factor) * mean;
        assertLevel(value(after, i), expected, seed, i);
      }
    }
  }

  @Test
  void saturationBlendsWithGrey() {
    for (long seed = 0; seed < 50; seed++) {
      Planes before = noise(seed);
      Planes after = copy(before);
      float factor = new Random(seed).nextFloat() * 2;
      ColorJitter.saturate(after, factor);
      for (int i = 0; i < 3 * PLANE; i++) {
        double expected = factor * value(before, i) + (1 - factor) * slowGrey(before, i % PLANE);
        // The grey is a byte, too: half a level more than for the others.
        assertThat(Math.abs(value(after, i) - Math.max(0, Math.min(255, expected))))
            .as("seed %d, value %d", seed, i)
            .isLessThanOrEqualTo(1.501);
      }
    }
  }

  @Test
  void hueTurnsThroughHsv() {
    for (long seed = 0; seed < 50; seed++) {
      Planes before = noise(seed);
      Planes after = copy(before);
      float turns = new Random(seed).nextFloat() - 0.5f;
      ColorJitter.turnHue(after, turns);
      for (int i = 0; i < PLANE; i++) {
        float[] hsv = Color.RGBtoHSB(before.red(i), before.green(i), before.blue(i), null);
        Color expected = new Color(Color.HSBtoRGB(hsv[0] + turns, hsv[1], hsv[2]));
        assertLevel(after.red(i), expected.getRed(), seed, i);
        assertLevel(after.green(i), expected.getGreen(), seed, i);
        assertLevel(after.blue(i), expected.getBlue(), seed, i);
      }
    }
  }

  @Test
  void knownColours() {
    assertThat(turned(200, 100, 50, 1 / 3.0)).containsExactly(50, 200, 100);
    assertThat(turned(200, 100, 50, -1 / 3.0)).containsExactly(100, 50, 200);
    assertThat(turned(255, 0, 0, 0.5)).containsExactly(0, 255, 255);
    assertThat(turned(90, 90, 90, 0.3)).containsExactly(90, 90, 90);
    Planes green = pixel(0, 200, 0);
    ColorJitter.saturate(green, 0); // luma .587 * 200 = 117.4
    assertThat(rgb(green)).containsExactly(117, 117, 117);
  }

  @Test
  void factorOneAndNoTurnChangeNothing() {
    Planes before = noise(1);
    Planes after = copy(before);
    ColorJitter.brighten(after, 1);
    ColorJitter.contrast(after, 1);
    ColorJitter.saturate(after, 1);
    ColorJitter.turnHue(after, 0);
    assertThat(after.bytes()).isEqualTo(before.bytes());
  }

  @Test
  void nothingAroundThePictureIsTouched() {
    Planes image = noise(2);
    byte[] before = image.bytes().clone();
    new ColorJitter(0.5, 0.5, 0.5, 0.5).apply(image, new SplittableRandom(3));
    int end = OFFSET + 3 * PLANE;
    assertThat(Arrays.copyOf(image.bytes(), OFFSET)).isEqualTo(Arrays.copyOf(before, OFFSET));
    assertThat(Arrays.copyOfRange(image.bytes(), end, before.length))
        .isEqualTo(Arrays.copyOfRange(before, end, before.length));
    assertThat(image.bytes()).isNotEqualTo(before);
  }

  /** Brightness alone, on one level: the result tells the factor, which must fill its range. */
  @Test
  void factorsAreUniformInTheirRange() {
    int lowest = 255;
    int highest = 0;
    double sum = 0;
    int draws = 4000;
    for (int seed = 0; seed < draws; seed++) {
      Planes image = pixel(100, 100, 100);
      new ColorJitter(0.4, 0, 0, 0).apply(image, new SplittableRandom(seed));
      lowest = Math.min(lowest, image.red(0));
      highest = Math.max(highest, image.red(0));
      sum += image.red(0);
    }
    assertThat(lowest).isEqualTo(60);
    assertThat(highest).isEqualTo(139);
    assertThat(sum / draws).isBetween(98.0, 101.0); // 99.5; five standard errors are 1.8
  }

  @Test
  void everyOrderOfThePartsIsEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 24_000; i++) {
      counts.merge(Arrays.toString(ColorJitter.order(random)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allMatch(count -> count > 840 && count < 1160); // five sigma
  }

  private static Planes noise(long seed) {
    byte[] bytes = new byte[OFFSET + 3 * PLANE + 6];
    new Random(seed).nextBytes(bytes);
    return new Planes(bytes, OFFSET, HEIGHT, WIDTH);
  }

  private static Planes copy(Planes image) {
    return new Planes(image.bytes().clone(), image.offset(), image.height(), image.width());
  }

  private static Planes pixel(int red, int green, int blue) {
    return new Planes(new byte[] {(byte) red, (byte) green, (byte) blue}, 0, 1, 1);
  }

  private static int[] rgb(Planes pixel) {
    return new int[] {pixel.red(0), pixel.green(0), pixel.blue(0)};
  }

  private static int[] turned(int red, int green, int blue, double turns) {
    Planes pixel = pixel(red, green, blue);
    ColorJitter.turnHue(pixel, turns);
    return rgb(pixel);
  }

  private static int value(Planes image, int i) {
    return image.bytes()[image.offset() + i] & 0xFF;
  }

  private static double slowGrey(Planes image, int i) {
    return 0.299 * image.red(i) + 0.587 * image.green(i) + 0.114 * image.blue(i);
  }

  private static int clamp(float value) {
    return (int) Math.max(0, Math.min(255, value));
  }

  private static void assertLevel(int actual, double expected, long seed, int i) {
    double clamped = Math.max(0, Math.min(255, expected));
    assertThat(Math.abs(actual - clamped))
        .as("seed %d, value %d", seed, i)
        .isLessThanOrEqualTo(1.001);
  }
}
