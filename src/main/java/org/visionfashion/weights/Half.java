package org.visionfashion.weights;

/** IEEE 754 half precision; Java has conversions of its own from version 20 on. */
final class Half {

  private Half() {}

  /** The value of a half, exactly. */
  static float toFloat(short half) {
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> (1 + fraction * 0x1p-10f) * (float) Math.scalb(1.0, exponent - 15);
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
