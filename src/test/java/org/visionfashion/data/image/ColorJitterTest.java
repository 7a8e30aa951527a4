package org.visionfashion.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
      float factor = new Random(seed).nextFloat() * 2;
      Planes after = changed(before, image -> ColorJitter.brighten(image, factor));
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
      float factor = new Random(seed).nextFloat() * 2;
      Planes after = changed(before, image -> ColorJitter.contrast(image, factor));
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
      float factor = new Random(seed).nextFloat() * 2;
      Planes after = changed(before, image -> ColorJitter.saturate(image, factor));
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
      float turns = new Random(seed).nextFloat() - 0.5f;
      Planes after = changed(before, image -> ColorJitter.turnHue(image, turns));
      for (int i = 0; i < PLANE; i++) {
        float[] hsv = Color.RGBtoHSB(before.red(i), before.green(i), before.blue(i), null);
        Color expected = new Color(Color.HSBtoRGB(hsv[0] + turns, hsv[1], hsv[2]));
        assertLevel(after.red(i), expected.getRed(), seed, i);
        assertLevel(after.green(i), expected.getGreen(), seed, i);
        assertLevel(after.blue(i), expected.getBlue(), seed, i);
      }
    }
  }

  /** One level at most, and seldom, from Pillow's own arithmetic; hue from floats in HSV. */
  @Test
  void everyPartEqualsTheSlowOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int values = 0;
    int different = 0;
    for (int round = 0; round < 200; round++) {
      Planes before = noise(random.nextLong());
      float factor = random.nextFloat() * 2;
      float turns = random.nextFloat() * 2 - 1;
      Map<Consumer<PackedImage>, Consumer<Planes>> parts =
          Map.of(
              image -> ColorJitter.brighten(image, factor),
              image -> SlowColorJitter.brighten(image, factor),
              image -> ColorJitter.contrast(image, factor),
              image -> SlowColorJitter.contrast(image, factor),
              image -> ColorJitter.saturate(image, factor),
              image -> SlowColorJitter.saturate(image, factor),
              image -> ColorJitter.turnHue(image, turns),
              image -> SlowColorJitter.turnHue(image, turns));
      for (Map.Entry<Consumer<PackedImage>, Consumer<Planes>> part : parts.entrySet()) {
        Planes actual = changed(before, part.getKey());
        Planes expected = copy(before);
        part.getValue().accept(expected);
        for (int i = 0; i < 3 * PLANE; i++) {
          int difference = Math.abs(value(actual, i) - value(expected, i));
          assertThat(difference).as("seed %d, round %d, value %d", seed, round, i).isLessThan(2);
          values++;
          different += difference;
        }
      }
    }
    assertThat((double) different / values).as("seed %d", seed).isLessThan(2e-3);
  }

  /** The same random numbers are used for the same things. */
  @Test
  void theWholeJitterStaysBesideTheSlowOne() {
    for (long seed = 0; seed < 200; seed++) {
      Planes before = noise(seed);
      Planes expected = copy(before);
      SplittableRandom random = new SplittableRandom(seed);
      new SlowColorJitter(0.3, 0.3, 0.3, 0.1).apply(expected, random);
      SplittableRandom same = new SplittableRandom(seed);
      Planes actual =
          changed(before, image -> new ColorJitter(0.3, 0.3, 0.3, 0.1).apply(image, same));
      for (int i = 0; i < 3 * PLANE; i++) {
        assertThat(Math.abs(value(actual, i) - value(expected, i)))
            .as("seed %d, value %d", seed, i)
            .isLessThanOrEqualTo(3); // a level of an earlier part, times the later factors
      }
      assertThat(random.nextLong()).isEqualTo(same.nextLong());
    }
  }

  @Test
  void knownColours() {
    assertThat(turned(200, 100, 50, 1 / 3.0)).containsExactly(50, 200, 100);
    assertThat(turned(200, 100, 50, -1 / 3.0)).containsExactly(100, 50, 200);
    assertThat(turned(255, 0, 0, 0.5)).containsExactly(0, 255, 255);
    assertThat(turned(90, 90, 90, 0.3)).containsExactly(90, 90, 90);
    Planes green = pixel(0, 200, 0);
    Planes grey = changed(green, image -> ColorJitter.saturate(image, 0));
    assertThat(rgb(grey)).containsExactly(117, 117, 117); // luma .587 * 200 = 117.4
  }

  @Test
  void factorOneAndNoTurnChangeNothing() {
    Planes before = noise(1);
    Planes after =
        changed(
            before,
            image -> {
              ColorJitter.brighten(image, 1);
              ColorJitter.contrast(image, 1);
              ColorJitter.saturate(image, 1);
              ColorJitter.turnHue(image, 0);
            });
    assertThat(after.bytes()).isEqualTo(before.bytes());
  }

  @Test
  void nothingAroundThePictureIsTouched() {
    byte[] before = noise(2).bytes();
    ColorJitter jitter = new ColorJitter(0.5, 0.5, 0.5, 0.5);
    Planes image = changed(noise(2), each -> jitter.apply(each, new SplittableRandom(3)));
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
      SplittableRandom random = new SplittableRandom(seed);
      ColorJitter jitter = new ColorJitter(0.4, 0, 0, 0);
      Planes image = changed(pixel(100, 100, 100), each -> jitter.apply(each, random));
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

  /** The picture after a change, written over a copy of what is around it. */
  private static Planes changed(Planes before, Consumer<PackedImage> change) {
    PackedImage image = packed(before);
    change.accept(image);
    Planes after = copy(before);
    image.write(after.bytes(), after.offset());
    return after;
  }

  private static PackedImage packed(Planes planes) {
    int[] pixels = new int[planes.plane() + 3]; // longer than need be, as a thread's array is
    for (int i = 0; i < planes.plane(); i++) {
      pixels[i] = PackedImage.pixel(planes.red(i), planes.green(i), planes.blue(i));
    }
    return new PackedImage(pixels, planes.height(), planes.width());
  }

  private static Planes pixel(int red, int green, int blue) {
    return new Planes(new byte[] {(byte) red, (byte) green, (byte) blue}, 0, 1, 1);
  }

  private static int[] rgb(Planes pixel) {
    return new int[] {pixel.red(0), pixel.green(0), pixel.blue(0)};
  }

  private static int[] turned(int red, int green, int blue, double turns) {
    return rgb(changed(pixel(red, green, blue), image -> ColorJitter.turnHue(image, turns)));
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
