package org.visionfashion.data.check;

import java.util.Arrays;
import org.visionfashion.config.ModelConfig.Resampling;
import org.visionfashion.data.image.Box;
import org.visionfashion.data.image.PixelRows;
import org.visionfashion.data.image.Resize;

/**
 * What tells copies of a picture from other pictures: a perceptual hash, which finds candidates,
 * and a thumbnail, which decides.
 *
 * <p>The hash is pHash (Zauner 2010, Implementation and Benchmarking of Perceptual Image Hash
 * Functions): the picture at 32 x 32, its luma's discrete cosine transform, and a bit for each of
 * the 8 x 8 lowest frequencies without the constant ones, set where it is above their median. The
 * thumbnail holds luma at 16 x 16 and both colour differences at 8 x 8. A mirrored picture is
 * another picture.
 *
 * @param hash 64 bits, of which half are set
 * @param thumbnail {@link #BYTES} unsigned bytes: luma, blue and red difference. Shared, never
 *     written to.
 */
public record Signature(long hash, byte[] thumbnail) {

  /** Most bits by which the hashes of copies differ; 99 of 100 cropped by 2 % differ by less. */
  static final int RADIUS = 8;

  static final int BYTES = 384;

  /**
   * Most that thumbnails of copies differ in luma: root mean square, as a share of the contrast.
   * Copies of 591 pictures that were saved at JPEG quality 40 to 90, halved or cropped by 2 %
   * differed by 0.20 at most; the closest of 2,056,970 pairs of other pictures by 0.61.
   */
  private static final double LUMA = 0.25;

  /** Likewise in colour, in levels of 255: 2.5 at most. Garments in two colours are no copies. */
  private static final double COLOUR = 5;

  /**
   * Most that one place of the luma differs, as a share of the range around it: a crop moves edges
   * a little, another print on the same shirt changes a place as a whole.
   */
  private static final double PLACE = 0.6;

  /** Levels by which a thumbnail of a JPEG saved again may differ. */
  private static final int ROUNDING = 3;

  /** Less contrast (standard deviation of luma) than this shows nothing that could be a copy. */
  private static final double LEAST_CONTRAST = 4;

  /** Side of the picture that a signature is made from, in pixels. */
  static final int SIDE = 32;

  private static final int PIXELS = SIDE * SIDE;
  private static final int FREQUENCIES = 8;
  private static final int LUMA_SIDE = 16;
  private static final int LUMAS = LUMA_SIDE * LUMA_SIDE;
  private static final double[][] COSINES = cosines();

  /** The signature of a picture. */
  public static Signature of(PixelRows picture) {
    byte[] rgb = new byte[3 * PIXELS];
    new Resize(SIDE, SIDE, Resampling.BILINEAR)
        .apply(
            picture,
            new Box(0, 0, picture.width(), picture.height()),
            new Box(0, 0, SIDE, SIDE),
            rgb,
            0);
    double[] luma = new double[PIXELS];
    double[] blue = new double[PIXELS];
    double[] red = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      int r = rgb[i] & 0xFF;
      int g = rgb[PIXELS + i] & 0xFF;
      int b = rgb[2 * PIXELS + i] & 0xFF;
      luma[i] = 0.299 * r + 0.587 * g + 0.114 * b; // ITU-R BT.601
      blue[i] = 128 + 0.564 * (b - luma[i]);
      red[i] = 128 + 0.713 * (r - luma[i]);
    }
    byte[] thumbnail = new byte[BYTES];
    reduce(luma, 2, thumbnail, 0);
    reduce(blue, 4, thumbnail, LUMAS);
    reduce(red, 4, thumbnail, LUMAS + 64);
    return new Signature(hash(luma), thumbnail);
  }

  /** Whether one picture is a copy of the other, as far as can be seen. */
  public boolean resembles(Signature other) {
    return Long.bitCount(hash ^ other.hash) <= RADIUS && resemble(thumbnail, other.thumbnail);
  }

  /** Whether two thumbnails are of one picture. */
  static boolean resemble(byte[] a, byte[] b) {
    double contrast = (contrast(a) + contrast(b)) / 2;
    return contrast >= LEAST_CONTRAST
        && difference(a, b, 0, LUMAS) <= LUMA * contrast
        && difference(a, b, LUMAS, BYTES) <= COLOUR
        && farthest(a, b) <= PLACE;
  }

  /** The largest difference in luma of one place, as a share of the contrast around it. */
  private static double farthest(byte[] a, byte[] b) {
    double farthest = 0;
    for (int i = 0; i < LUMAS; i++) {
      int difference = Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)) - ROUNDING;
      if (difference > 0) {
        farthest = Math.max(farthest, (double) difference / Math.max(range(a, i), range(b, i)));
      }
    }
    return farthest;
  }

  /** The range of luma of a place and its neighbours, at least 1. */
  private static int range(byte[] thumbnail, int place) {
    int least = 255;
    int most = 0;
    int row = place / LUMA_SIDE;
    int column = place % LUMA_SIDE;
    for (int y = Math.max(0, row - 1); y <= Math.min(LUMA_SIDE - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(LUMA_SIDE - 1, column + 1); x++) {
        int luma = thumbnail[LUMA_SIDE * y + x] & 0xFF;
        least = Math.min(least, luma);
        most = Math.max(most, luma);
      }
    }
    return Math.max(1, most - least);
  }

  private static double difference(byte[] a, byte[] b, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      int difference = (a[i] & 0xFF) - (b[i] & 0xFF);
      sum += difference * difference;
    }
    return Math.sqrt((double) sum / (to - from));
  }

  private static double contrast(byte[] thumbnail) {
    int sum = 0;
    int squares = 0;
    for (int i = 0; i < LUMAS; i++) {
      int luma = thumbnail[i] & 0xFF;
      sum += luma;
      squares += luma * luma;
    }
    double mean = (double) sum / LUMAS;
    return Math.sqrt(Math.max(0, (double) squares / LUMAS - mean * mean));
  }

  /** Means over squares. */
  private static void reduce(double[] plane, int square, byte[] target, int offset) {
    int side = SIDE / square;
    for (int i = 0; i < side * side; i++) {
      double sum = 0;
      for (int j = 0; j < square * square; j++) {
        int y = i / side * square + j / square;
        int x = i % side * square + j % square;
        sum += plane[SIDE * y + x];
      }
      target[offset + i] = (byte) Math.round(sum / (square * square));
    }
  }

  private static long hash(double[] luma) {
    double[] spectrum = new double[FREQUENCIES * FREQUENCIES];
    double[] row = new double[SIDE];
    for (int v = 0; v < FREQUENCIES; v++) {
      for (int x = 0; x < SIDE; x++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += COSINES[v][y] * luma[SIDE * y + x];
        }
        row[x] = sum;
      }
      for (int u = 0; u < FREQUENCIES; u++) {
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += COSINES[u][x] * row[x];
        }
        spectrum[FREQUENCIES * v + u] = sum;
      }
    }
    double[] sorted = spectrum.clone();
    Arrays.sort(sorted);
    double median = (sorted[31] + sorted[32]) / 2;
    long hash = 0;
    for (int i = 0; i < spectrum.length; i++) {
      hash |= spectrum[i] > median ? 1L << i : 0;
    }
    return hash;
  }

  /** Of frequencies 1 to 8. */
  private static double[][] cosines() {
    double[][] cosines = new double[FREQUENCIES][SIDE];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = Math.cos((2 * x + 1) * (u + 1) * Math.PI / (2 * SIDE));
      }
    }
    return cosines;
  }
}
