package org.visionfashion.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.visionfashion.metrics.Interval;

/** What console tables are made of: numbers, and sentences at most 100 columns wide. */
public final class TableText {

  static final String UNKNOWN = "-";

  private static final int WIDTH = 100;

  private TableText() {}

  /** A number with so many decimals, with its sign where asked; {@code -} where it is NaN. */
  static String number(int decimals, double value, boolean signed) {
    return Double.isNaN(value)
        ? UNKNOWN
        : String.format(Locale.ROOT, "%" + (signed ? "+" : "") + "." + decimals + "f", value);
  }

  static String number(int decimals, double value) {
    return number(decimals, value, false);
  }

  /** Both ends; {@code -} where there is no interval. */
  static String interval(int decimals, Interval interval, boolean signed) {
    return interval == null
        ? UNKNOWN
        : number(decimals, interval.low(), signed)
            + " .. "
            + number(decimals, interval.high(), signed);
  }

  /** Lines of which the first begins with a mark; the others stand below its text. */
  public static List<String> lines(String mark, String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(mark);
    boolean fresh = true;
    for (String word : sentence.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(mark.length()));
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
