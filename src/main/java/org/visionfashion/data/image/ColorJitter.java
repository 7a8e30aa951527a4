package org.visionfashion.data.image;

import java.util.random.RandomGenerator;
import org.visionfashion.config.AugmentConfig;

/**
 * torchvision's {@code ColorJitter}: brightness, contrast, saturation and hue change by random
 * amounts in random order.
 *
 * <p>The first three blend with black, with the mean grey and with the picture's own grey, cut to
 * bytes each, as Pillow does; with factors in fixed point, where Pillow's are single precision, a
 * value may differ by one level. Hue turns in HSV, unlike Pillow without rounding hue and
 * saturation to bytes.
 *
 * @param brightness the factor is uniform in [max(0, 1 - x), 1 + x], x at most 1
 * @param contrast likewise
 * @param saturation likewise
 * @param hue the shift in turns is uniform in [-x, x]
 */
record ColorJitter(double brightness, double contrast, double saturation, double hue) {

  /** Bits of a factor behind the point: 2 * 255, and a sign, fit before it. */
  private static final int BITS = 21;

  private static final int ONE = 1 << BITS;

  ColorJitter(AugmentConfig config) {
    this(config.brightness(), config.contrast(), config.saturation(), config.hue());
  }

  /** Changes one picture in place. */
  void apply(PackedImage image, RandomGenerator random) {
    for (int part : order(random)) {
      apply(part, image, random);
    }
  }

  /** A random order of the four parts. */
  static int[] order(RandomGenerator random) {
    int[] order = {0, 1, 2, 3};
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  private void apply(int part, PackedImage image, RandomGenerator random) {
    if (part == 0 && brightness > 0) {
      brighten(image, factor(brightness, random));
    } else if (part == 1 && contrast > 0) {
      contrast(image, factor(contrast, random));
    } else if (part == 2 && saturation > 0) {
      saturate(image, factor(saturation, random));
    } else if (part == 3 && hue > 0) {
      turnHue(image, RandomCrop.uniform(random, -hue, hue));
    }
  }

  private static double factor(double spread, RandomGenerator random) {
    return RandomCrop.uniform(random, Math.max(0, 1 - spread), 1 + spread);
  }

  static void brighten(PackedImage image, double factor) {
    blend(image.pixels(), image.size(), 0, fixedPoint(factor));
  }

  static void contrast(PackedImage image, double factor) {
    int mean = (int) ((double) image.sumOfGreys() / image.size() + 0.5);
    blend(image.pixels(), image.size(), mean, fixedPoint(factor));
  }

  static void saturate(PackedImage image, double factor) {
    blendWithGrey(image.pixels(), image.size(), fixedPoint(factor));
  }

  /**
   * Turns the hue of every pixel; value and saturation stay.
   *
   * @param turns within [-1, 1]; 1 is once round the circle
   */
  static void turnHue(PackedImage image, double turns) {
    Workspace.mine().hue().turn(image, turns);
  }

  private static int fixedPoint(double factor) {
    return (int) Math.rint(ONE * factor);
  }

  /** All channels move away from, or towards, one level. */
  private static void blend(int[] pixels, int size, int level, int factor) {
    int rest = (ONE - factor) * level;
    for (int i = 0; i < size; i++) {
      pixels[i] = blend(pixels[i], rest, factor);
    }
  }

  /** All channels of a pixel move away from, or towards, its own grey. */
  private static void blendWithGrey(int[] pixels, int size, int factor) {
    int rest = ONE - factor;
    for (int i = 0; i < size; i++) {
      int pixel = pixels[i];
      pixels[i] = blend(pixel, rest * PackedImage.grey(pixel), factor);
    }
  }

  private static int blend(int pixel, int rest, int factor) {
    return PackedImage.pixel(
        (rest + factor * PackedImage.red(pixel)) >> BITS,
        (rest + factor * PackedImage.green(pixel)) >> BITS,
        (rest + factor * PackedImage.blue(pixel)) >> BITS);
  }
}
