package org.visionfashion.data.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The work of {@link Resize}, with the arrays it needs.
 *
 * <p>Both passes add whole lines of pixels, which Java vectorises: the second one, along the
 * columns, adds rows. The first one, along the rows, adds columns; so a strip of rows is turned
 * into columns on its way in, and back on its way out.
 */
final class Resampler {

  /** Rows of a strip, to bound the memory for large pictures. */
  private static final int STRIP = 512;

  /** Rows that are turned at a time: as many ints as a cache line holds. */
  private static final int TILE = 16;

  /** Reads the three bytes of a pixel, and one more, at once. */
  private static final VarHandle PIXEL =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Taps columnTaps = new Taps();
  private final Taps rowTaps = new Taps();
  private final LineSum sum = new LineSum();
  private byte[] tile = {};
  private int[][] columns = {};
  private int[][] narrow = {};
  private int[][] rows = {};
  private int[] row = {};
  private int[] target = {};

  /**
   * Resizes part of a picture and keeps part of the result.
   *
   * @param box of the source
   * @param window of the resized picture
   * @param flip whether left becomes right within the window
   * @return the window; overwritten by the next call
   */
  PackedImage apply(Resize resize, PixelRows source, Box box, Box window, boolean flip) {
    box.mustLieIn(source.width(), source.height());
    window.mustLieIn(resize.width(), resize.height());
    int reduction = source.reduction();
    columnTaps.set(
        Taps.Axis.of(box.left(), box.width(), reduction),
        resize.width(),
        window.left(),
        window.width(),
        resize.resampling());
    rowTaps.set(
        Taps.Axis.of(box.top(), box.height(), reduction),
        resize.height(),
        window.top(),
        window.height(),
        resize.resampling());
    int left = box.left() / reduction + columnTaps.sourceFrom();
    int top = box.top() / reduction + rowTaps.sourceFrom();
    int height = rowTaps.sourceLength();
    rows = room(rows, height, window.width());
    for (int from = 0; from < height; from += STRIP) {
      int strip = Math.min(STRIP, height - from);
      unpack(source, new Box(left, top + from, columnTaps.sourceLength(), strip));
      alongRows(from, strip, window.width(), flip);
    }
    return alongColumns(window.height(), window.width());
  }

  /** A part of the source to {@link #columns}. */
  private void unpack(PixelRows source, Box part) {
    columns = room(columns, part.width(), STRIP);
    int stride = Pixels.CHANNELS * part.width();
    tile = tile.length <= TILE * stride ? new byte[TILE * stride + 1] : tile;
    for (int top = 0; top < part.height(); top += TILE) {
      int height = Math.min(TILE, part.height() - top);
      for (int y = 0; y < height; y++) {
        source.read(part.left(), part.top() + top + y, part.width(), tile, y * stride);
      }
      for (int x = 0; x < part.width(); x++) {
        unpack(tile, Pixels.CHANNELS * x, stride, columns[x], top, height);
      }
    }
  }

  private static void unpack(byte[] rgb, int from, int stride, int[] column, int top, int height) {
    for (int y = 0; y < height; y++) {
      int at = from + y * stride;
      column[top + y] = (int) PIXEL.get(rgb, at) & 0xFFFFFF;
    }
  }

  /** The strip in {@link #columns} to {@link #rows} of the new width. */
  private void alongRows(int from, int height, int width, boolean flip) {
    narrow = room(narrow, width, STRIP);
    for (int x = 0; x < width; x++) {
      addUp(columnTaps, x, columns, height);
      sum.write(narrow[flip ? width - 1 - x : x], height);
    }
    for (int y = 0; y < height; y++) {
      int[] line = rows[from + y];
      for (int x = 0; x < width; x++) {
        line[x] = narrow[x][y];
      }
    }
  }

  private PackedImage alongColumns(int height, int width) {
    row = row.length < width ? new int[width] : row;
    target = target.length < height * width ? new int[height * width] : target;
    for (int y = 0; y < height; y++) {
      addUp(rowTaps, y, rows, width);
      sum.write(row, width);
      System.arraycopy(row, 0, target, y * width, width);
    }
    return new PackedImage(target, height, width);
  }

  private void addUp(Taps taps, int target, int[][] lines, int length) {
    sum.clear(length);
    int first = taps.first(target);
    for (int tap = 0; tap < taps.count(target); tap++) {
      sum.add(lines[first + tap], taps.weight(target, tap), length);
    }
  }

  private static int[][] room(int[][] lines, int count, int length) {
    boolean enough = lines.length >= count && lines[0].length >= length;
    return enough ? lines : new int[count][length];
  }

  /** A weighted sum of lines of pixels, weights with {@link Taps#BITS} bits behind the point. */
  private static final class LineSum {

    private static final int HALF = 1 << (Taps.BITS - 1);

    private int[] red = {};
    private int[] green = {};
    private int[] blue = {};

    /** Starts a sum that will be rounded to the nearest. */
    void clear(int length) {
      if (red.length < length) {
        red = new int[length];
        green = new int[length];
        blue = new int[length];
      }
      Arrays.fill(red, 0, length, HALF);
      Arrays.fill(green, 0, length, HALF);
      Arrays.fill(blue, 0, length, HALF);
    }

    void add(int[] line, int weight, int length) {
      add(line, weight, red, green, blue, length);
    }

    private static void add(
        int[] line, int weight, int[] red, int[] green, int[] blue, int length) {
      for (int i = 0; i < length; i++) {
        int pixel = line[i];
        red[i] += weight * PackedImage.red(pixel);
        green[i] += weight * PackedImage.green(pixel);
        blue[i] += weight * PackedImage.blue(pixel);
      }
    }

    /** The sum, cut to bytes. */
    void write(int[] line, int length) {
      write(red, green, blue, line, length);
    }

    private static void write(int[] red, int[] green, int[] blue, int[] line, int length) {
      for (int i = 0; i < length; i++) {
        line[i] =
            PackedImage.pixel(red[i] >> Taps.BITS, green[i] >> Taps.BITS, blue[i] >> Taps.BITS);
      }
    }
  }
}
