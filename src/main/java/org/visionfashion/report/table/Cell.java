package org.visionfashion.report.table;

import java.math.BigDecimal;
import java.util.Locale;
import org.visionfashion.metrics.Interval;

/**
 * What stands in a table.
 *
 * @param text to read
 * @param exact for CSV: numbers at full precision, nothing where there is none
 */
public record Cell(String text, String exact) {

  private static final String NONE = "–";

  /** Words. */
  public static Cell text(String text) {
    return new Cell(text, text);
  }

  /** A number; a dash where it is not finite. */
  public static Cell number(double value, int decimals) {
    return Double.isFinite(value)
        ? new Cell(decimal(value, decimals), BigDecimal.valueOf(value).toPlainString())
        : new Cell(NONE, "");
  }

  /** Both ends of an interval; a dash where there is none. */
  public static Cell interval(Interval interval, int decimals) {
    return interval == null
        ? new Cell(NONE, "")
        : new Cell(
            decimal(interval.low(), decimals) + " to " + decimal(interval.high(), decimals),
            number(interval.low(), decimals).exact()
                + " "
                + number(interval.high(), decimals).exact());
  }

  /** A whole number. */
  public static Cell count(long count) {
    return new Cell(String.format(Locale.ROOT, "%,d", count), Long.toString(count));
  }

  /** A number as the page shows it. */
  public static String decimal(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
