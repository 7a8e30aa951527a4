package org.visionfashion.data.image;

/** The oracle of {@link Resampler}: Pillow's two passes, a value at a time. */
final class SlowResize {

  private SlowResize() {}

  /** The window's planes R, G, B. */
  static byte[] apply(Resize resize, Pixels source, Box box, Box window, boolean flip) {
    Taps columns = new Taps();
    columns.set(
        Taps.Axis.of(0, box.width(), 1),
        resize.width(),
        window.left(),
        window.width(),
        resize.resampling());
    Taps rows = new Taps();
    rows.set(
        Taps.Axis.of(0, box.height(), 1),
        resize.height(),
        window.top(),
        window.height(),
        resize.resampling());
    byte[] target = new byte[Pixels.CHANNELS * window.width() * window.height()];
    for (int i = 0; i < target.length; i++) {
      int x = i % window.width();
      int y = i / window.width() % window.height();
      int channel = i / (window.width() * window.height());
      int column = flip ? window.width() - 1 - x : x;
      long sum = 1 << (Taps.BITS - 1);
      for (int tap = 0; tap < rows.count(y); tap++) {
        int row = rows.sourceFrom() + rows.first(y) + tap;
        sum += (long) rows.weight(y, tap) * narrow(source, box, columns, column, row, channel);
      }
      target[i] = (byte) cut(sum);
    }
    return target;
  }

  /** A value between the passes. */
  private static int narrow(Pixels source, Box box, Taps columns, int x, int row, int channel) {
    long sum = 1 << (Taps.BITS - 1);
    for (int tap = 0; tap < columns.count(x); tap++) {
      int column = box.left() + columns.sourceFrom() + columns.first(x) + tap;
      int pixel = (box.top() + row) * source.width() + column;
      sum += (long) columns.weight(x, tap) * (source.rgb_HWC()[3 * pixel + channel] & 0xFF);
    }
    return cut(sum);
  }

  private static int cut(long fixedPoint) {
    return (int) Math.max(0, Math.min(255, fixedPoint >> Taps.BITS));
  }
}
