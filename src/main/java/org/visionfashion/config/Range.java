package org.visionfashion.config;

import java.math.BigDecimal;

/** An interval that a number must lie in; NaN lies in none. */
record Range(double min, boolean withMin, double max, boolean withMax) {

  /** Reads {@code "[0, 1)"}: a bracket includes its end, a parenthesis does not. */
  static Range parse(String text) {
    String[] ends = text.substring(1, text.length() - 1).split(",", 2);
    return new Range(
        Double.parseDouble(ends[0]),
        text.startsWith("["),
        Double.parseDouble(ends[1]),
        text.endsWith("]"));
  }

  boolean contains(double value) {
    return (withMin ? value >= min : value > min) && (withMax ? value <= max : value < max);
  }

  /** In words, to follow "must be". */
  @Override
  public String toString() {
    return (withMin ? "at least " : "more than ")
        + plain(min)
        + (withMax ? " and at most " : " and less than ")
        + plain(max);
  }

  /** In words for whole numbers. */
  String fromTo() {
    return "from " + plain(min) + " to " + plain(max);
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
