package org.visionfashion.data.image;

import java.util.Arrays;
import org.visionfashion.config.ModelConfig.Resampling;

/**
 * Pillow's antialiased resampling, byte for byte: along the rows first, rounded to bytes, then
 * along the columns, with weights in fixed point.
 *
 * @param width of the resized picture
 * @param height of the resized picture
 * @param resampling the filter
 */
public record Resize(int width, int height, Resampling resampling) {

  private static final int HALF = 1 << (Taps.BITS - 1);

  /**
   * Resizes part of a picture and keeps part of the result.
   *
   * @param box of the source; nothing outside it is looked at, as if it had been cut out before
   * @param window of the resized picture that is wanted; only that much is computed
   * @param target_CHW receives channels R, G, B of the window, one plane after the other
   * @param offset in the target
   */
  public void apply(Pixels source, Box box, Box window, byte[] target_CHW, int offset) {
    box.mustLieIn(source.width(), source.height());
    window.mustLieIn(width, height);
    Taps columns = Taps.of(box.width(), width, window.left(), window.width(), resampling);
    Taps rows = Taps.of(box.height(), height, window.top(), window.height(), resampling);
    byte[] narrow_CHW = alongRows(source, box, columns, rows.sourceFrom(), rows.sourceTo());
    alongColumns(narrow_CHW, rows, window.width(), target_CHW, offset);
  }

  /** Rows {@code from} to {@code to} of the box at their new width. */
  private static byte[] alongRows(Pixels source, Box box, Taps columns, int from, int to) {
    int width = columns.first().length;
    int plane = width * (to - from);
    byte[] target = new byte[Pixels.CHANNELS * plane];
    for (int y = from; y < to; y++) {
      int row = Pixels.CHANNELS * ((box.top() + y) * source.width() + box.left());
      resampleRow(source.rgb_HWC(), row, columns, target, (y - from) * width, plane);
    }
    return target;
  }

  private static void resampleRow(
      byte[] source, int row, Taps columns, byte[] target, int offset, int plane) {
    int[] weights = columns.weights();
    for (int x = 0; x < columns.first().length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int pixel = row + Pixels.CHANNELS * columns.first()[x];
      int tap = x * columns.stride();
      for (int i = 0; i < columns.count()[x]; i++, pixel += Pixels.CHANNELS) {
        int weight = weights[tap + i];
        red += weight * (source[pixel] & 0xFF);
        green += weight * (source[pixel + 1] & 0xFF);
        blue += weight * (source[pixel + 2] & 0xFF);
      }
      target[offset + x] = toByte(red);
      target[offset + plane + x] = toByte(green);
      target[offset + 2 * plane + x] = toByte(blue);
    }
  }

  private static void alongColumns(
      byte[] source_CHW, Taps rows, int width, byte[] target, int offset) {
    int sourcePlane = source_CHW.length / Pixels.CHANNELS;
    int height = rows.first().length;
    int[] sums = new int[width];
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      for (int y = 0; y < height; y++) {
        int row = channel * sourcePlane + (rows.first()[y] - rows.sourceFrom()) * width;
        Arrays.fill(sums, HALF);
        for (int tap = 0; tap < rows.count()[y]; tap++) {
          add(source_CHW, row + tap * width, rows.weights()[y * rows.stride() + tap], sums);
        }
        int to = offset + (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          target[to + x] = toByte(sums[x]);
        }
      }
    }
  }

  private static void add(byte[] source, int row, int weight, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * (source[row + x] & 0xFF);
    }
  }

  private static byte toByte(int fixedPoint) {
    return (byte) Math.max(0, Math.min(255, fixedPoint >> Taps.BITS));
  }
}
