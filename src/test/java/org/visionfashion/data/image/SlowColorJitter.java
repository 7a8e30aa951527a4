package org.visionfashion.data.image;

import java.util.random.RandomGenerator;

/**
 * The oracle of {@link ColorJitter}: a method a pixel, Pillow's arithmetic in single precision,
 * hues as floats.
 */
record SlowColorJitter(double brightness, double contrast, double saturation, double hue) {

  /** Changes one picture in place. */
  void apply(Planes image, RandomGenerator random) {
    for (int part : ColorJitter.order(random)) {
      apply(part, image, random);
    }
  }

  private void apply(int part, Planes image, RandomGenerator random) {
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

  private static float factor(double spread, RandomGenerator random) {
    return (float) RandomCrop.uniform(random, Math.max(0, 1 - spread), 1 + spread);
  }

  static void brighten(Planes image, float factor) {
    blendWith(image, 0, factor);
  }

  static void contrast(Planes image, float factor) {
    long sum = 0;
    for (int i = 0; i < image.plane(); i++) {
      sum += grey(image.red(i), image.green(i), image.blue(i));
    }
    blendWith(image, (int) ((double) sum / image.plane() + 0.5), factor);
  }

  /** All channels move away from, or towards, one level. */
  private static void blendWith(Planes image, int level, float factor) {
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = blend(level, value, factor);
    }
    int end = image.offset() + Pixels.CHANNELS * image.plane();
    for (int i = image.offset(); i < end; i++) {
      image.bytes()[i] = table[image.bytes()[i] & 0xFF];
    }
  }

  static void saturate(Planes image, float factor) {
    for (int i = 0; i < image.plane(); i++) {
      int red = image.red(i);
      int green = image.green(i);
      int blue = image.blue(i);
      int grey = grey(red, green, blue);
      image.set(i, blend(grey, red, factor), blend(grey, green, factor), blend(grey, blue, factor));
    }
  }

  /**
   * Turns the hue of every pixel; value and saturation stay.
   *
   * @param turns within [-1, 1]; 1 is once round the circle
   */
  static void turnHue(Planes image, double turns) {
    float sextants = (float) (6 * turns);
    for (int i = 0; i < image.plane(); i++) {
      int red = image.red(i);
      int green = image.green(i);
      int blue = image.blue(i);
      int value = Math.max(red, Math.max(green, blue));
      int chroma = value - Math.min(red, Math.min(green, blue));
      if (chroma > 0) {
        float hue = wrap(wrap(hue(red, green, blue, value, chroma)) + sextants);
        image.set(
            i,
            channel(hue + 5, value, chroma),
            channel(hue + 3, value, chroma),
            channel(hue + 1, value, chroma));
      }
    }
  }

  /** In sextants of the circle, -1 to 5. */
  private static float hue(int red, int green, int blue, int value, int chroma) {
    if (value == red) {
      return (float) (green - blue) / chroma;
    }
    return value == green ? 2 + (float) (blue - red) / chroma : 4 + (float) (red - green) / chroma;
  }

  /** Back into the six sextants; for values at most one circle outside. Remainders are slow. */
  private static float wrap(float sextant) {
    if (sextant < 0) {
      return sextant + 6;
    }
    return sextant < 6 ? sextant : sextant - 6;
  }

  /** A channel falls from the value by the chroma and back over four sextants of its circle. */
  private static byte channel(float sextant, int value, int chroma) {
    float phase = wrap(sextant);
    float fall = Math.max(0, Math.min(1, Math.min(phase, 4 - phase)));
    return (byte) (value - chroma * fall + 0.5f);
  }

  /** Luma of ITU-R BT.601 in 16-bit fixed point. */
  static int grey(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
  }

  private static byte blend(int from, int to, float factor) {
    float blended = from + factor * (to - from);
    return (byte) Math.max(0, Math.min(255, (int) blended));
  }
}
