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

  /** A metric's name: in words to read, as the JSON file has it for machines. */
  public static Cell name(String name) {
    return new Cell(name.replace('_', ' '), name);
  }

  /** A number; a dash where it is not finite. */
  public static Cell number(double value, int decimals) {
    return Double.isFinite(value)
        ? new Cell(decimal(value, decimals), BigDecimal.valueOf(value).toPlainString())
        : none();
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

  /** With the typographer's minus. */
  private static String sign(double value, int decimals) {
    return String.format(Locale.ROOT, "%+." + decimals + "f", value).replace('-', '−');
  }

  /** A dash. */
  public static Cell none() {
    return new Cell(NONE, "");
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
