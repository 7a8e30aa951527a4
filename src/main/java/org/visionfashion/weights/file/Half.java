package org.visionfashion.weights.file;

/** IEEE 754 half precision; Java has conversions of its own from version 20 on. */
final class Half {

  private Half() {}

  /** The nearest half, ties to the even one; beyond the largest, infinity. */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24)); // subnormal: steps of 2^-24
    }
    int kept = (bits & 0x7FFF_FFFF) - (112 << 23); // the exponent's bias goes from 127 to 15
    int odd = (kept >>> 13) & 1;
    return (short) (sign | ((kept + 0xFFF + odd) >>> 13));
  }

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
