package org.visionfashion.report.table;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.visionfashion.metrics.Interval;

/**
 * What stands in a table.
 *
 * @param text to read
 * @param exact for CSV: numbers at full precision, nothing where there is none
 */
public record Cell(String text, String exact) {

  private static final String NONE = "–";
  private static final Pattern MINUS_ZERO = Pattern.compile("-0(\\.0*)?");
  private static final int MOST_DIGITS = 6;

  /** Words. */
  public static Cell text(String text) {
    return new Cell(text, text);
  }

  /** A number; a dash where it is not finite. */
  public static Cell number(double value, int decimals) {
    return Double.isFinite(value)
        ? new Cell(decimal(value, decimals), BigDecimal.valueOf(value).toPlainString())
        : none();
  }

  /** A number that may be very small, with as many more decimals as its first digit needs. */
  public static Cell small(double value, int decimals) {
    int digits = decimals;
    while (value != 0 && Math.abs(value) < 0.5 * Math.pow(10, -digits) && digits < MOST_DIGITS) {
      digits++;
    }
    return number(value, digits);
  }

  /** Both ends of an interval; a dash where there is none. */
  public static Cell interval(Interval interval, int decimals) {
    return interval == null
        ? none()
        : new Cell(
            decimal(interval.low(), decimals) + " to " + decimal(interval.high(), decimals),
            number(interval.low(), decimals).exact()
                + " "
                + number(interval.high(), decimals).exact());
  }

  /** A difference, its sign always there; a dash where it is not finite. */
  public static Cell signed(double value, int decimals) {
    return Double.isFinite(value)
        ? new Cell(sign(value, decimals), number(value, decimals).exact())
        : none();
  }

  /** Both ends of a difference's interval; a dash where there is none. */
  public static Cell signed(Interval interval, int decimals) {
    return interval == null
        ? none()
        : new Cell(
            sign(interval.low(), decimals) + " to " + sign(interval.high(), decimals),
            interval(interval, decimals).exact());
  }

  /** With its sign, unless it is shown as zero. */
  private static String sign(double value, int decimals) {
    String text = decimal(value, decimals);
    return text.startsWith("−") || text.equals(decimal(0, decimals)) ? text : "+" + text;
  }

  /** A dash. */
  public static Cell none() {
    return new Cell(NONE, "");
  }

  /** A whole number. */
  public static Cell count(long count) {
    return new Cell(String.format(Locale.ROOT, "%,d", count), Long.toString(count));
  }

  /** A number as the page shows it: with the typographer's minus, and zero without one. */
  public static String decimal(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return MINUS_ZERO.matcher(text).matches() ? text.substring(1) : text.replace('-', '−');
  }
}
